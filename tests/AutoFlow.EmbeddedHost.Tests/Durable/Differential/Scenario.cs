using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>What a client does, and what befalls the host, in order.</summary>
internal sealed record Scenario(Act[] Acts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public override string ToString() => string.Join('\n', Acts.Select(act => $"  {JsonSerializer.Serialize(act, Json)}"));
}

/// <summary>One act.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Hurried">The next act follows at once; otherwise when nothing moves any more.</param>
internal sealed record Act(Operation Operation, bool Hurried = false);

/// <summary>Something that is done. Times are minutes.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "act")]
[JsonDerivedType(typeof(Start), "start")]
[JsonDerivedType(typeof(Raise), "raise")]
[JsonDerivedType(typeof(Terminate), "terminate")]
[JsonDerivedType(typeof(Suspend), "suspend")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(Purge), "purge")]
[JsonDerivedType(typeof(PurgeAll), "purgeAll")]
[JsonDerivedType(typeof(Query), "query")]
[JsonDerivedType(typeof(Advance), "advance")]
[JsonDerivedType(typeof(Reopen), "reopen")]
[JsonDerivedType(typeof(Crash), "crash")]
internal abstract record Operation;

/// <summary>Starts a plan now or later; <paramref name="Once"/>: not where one of the same id has ended.</summary>
internal sealed record Start(string Id, Plan Plan, int? After, bool Once) : Operation;

internal sealed record Raise(string Id, string Name, string Payload) : Operation;

internal sealed record Terminate(string Id, bool Recursive) : Operation;

internal sealed record Suspend(string Id) : Operation;

internal sealed record Resume(string Id) : Operation;

internal sealed record Purge(string Id, bool Recursive) : Operation;

/// <summary>All that have completed.</summary>
internal sealed record PurgeAll : Operation;

internal sealed record Query(string Id) : Operation;

internal sealed record Advance(int Minutes) : Operation;

/// <summary>Closes the host; time passes; opens it again. <paramref name="Asleep"/>: it starts only after the hurried acts that follow.</summary>
internal sealed record Reopen(int Minutes, bool Asleep) : Operation;

/// <summary>From here on the host crashes after so many commits, and is opened again at once.</summary>
internal sealed record Crash(int Commits) : Operation;
