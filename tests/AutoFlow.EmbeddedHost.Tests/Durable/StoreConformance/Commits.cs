using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

/// <summary>Commits in few words.</summary>
internal static class Commits
{
    public static DateTime At { get; } = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>Adds a commit and waits for its end.</summary>
    public static Task AddAsync(this IOrchestrationStore store, string id, long key, Action<InstanceCommit> fill)
    {
        var (commit, done) = Make(id, key, fill);
        store.Add(commit);
        return done;
    }

    /// <summary>A whole history; null where the instance is unknown.</summary>
    public static IReadOnlyList<TurnRecord>? History(this IOrchestrationStore store, string id) => store.History(id, static history => history.Turns.ToList());

    /// <summary>A commit that is not added yet, and its end.</summary>
    public static (InstanceCommit Commit, Task Done) Make(string id, long key, Action<InstanceCommit> fill)
    {
        var commit = new AwaitedCommit { InstanceId = id, Instance = key };
        fill(commit);
        return (commit, commit.Done);
    }

    /// <summary>A commit that creates an instance.</summary>
    public static Task CreateAsync(
        this IOrchestrationStore store,
        string id,
        long key,
        OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running,
        TaskOf? parent = null,
        DateTime? at = null,
        Action<InstanceCommit>? more = null)
        => store.AddAsync(id, key, commit =>
        {
            commit.Created = Row(id, key, status, parent, at);
            more?.Invoke(commit);
        });

    public static InstanceRow Row(
        string id, long key, OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running, TaskOf? parent = null, DateTime? at = null)
        => new(key, id, "Flow", "1.2", 0, status, parent) { Input = "\"in\"", Tags = """{"order":"1001"}""", CreatedAt = at ?? At };

    public static StatusChange Status(OrchestrationRuntimeStatus status, string? output = null, (bool IsSet, string? Json) custom = default)
        => new(status, At.AddHours(1), custom, output, null);

    public static TurnRow Turn(int number, params HistoryEvent[] decided)
        => TurnRow.Of(new TurnRecord(number, At.AddMinutes(number), [new EventRaised($"e{number}", null)], decided));

    /// <summary>Histories as JSON, to be compared.</summary>
    public static IEnumerable<string> Json(this IEnumerable<TurnRecord>? turns) => (turns ?? []).Select(HistoryJson.Write);

    public static TurnRecord Record(int number, params HistoryEvent[] decided) => new(number, At.AddMinutes(number), [new EventRaised($"e{number}", null)], decided);
}
