using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;

/// <summary>How a step ended: a value, or what began its failure.</summary>
internal readonly record struct Result(string? Value, string? Failure)
{
    public static Result Ok(string value) => new(value, null);

    public static Result Failed(string failure) => new(null, failure);
}

/// <summary>Something that a generation waits for.</summary>
internal sealed class Wait(Generation generation, Action<Result> done)
{
    public Generation Generation => generation;

    public bool IsOver { get; private set; }

    public void End(Result result)
    {
        if (IsOver || !generation.IsAlive)
            return;
        IsOver = true;
        done(result);
    }

    /// <summary>Nobody hears of it any more.</summary>
    public void Cancel() => IsOver = true;
}

/// <summary>One run of an instance's plan.</summary>
internal sealed class Generation(Instance instance)
{
    public Instance Instance => instance;

    public bool IsAlive { get; set; } = true;

    /// <summary>Events that nobody has waited for, oldest first.</summary>
    public List<(string Name, string Payload)> Unclaimed { get; } = [];

    /// <summary>Waits for events; the last of a name is served first.</summary>
    public List<(string Name, Wait Wait)> Listeners { get; } = [];
}

/// <summary>What comes to an instance.</summary>
internal abstract record Message
{
    public sealed record Begin(Plan Plan, int Round, List<string> Done, List<(string Name, string Payload)> Carried) : Message;

    public sealed record Event(string Name, string Payload) : Message;

    public sealed record Answer(Wait To, Result Result) : Message;

    public sealed record Suspend : Message;

    public sealed record Resume : Message;

    public sealed record Terminate(bool Recursive) : Message;
}

/// <summary>An instance.</summary>
internal sealed class Instance(string id, bool hasOwnId)
{
    public string Id => id;

    /// <summary>False where the engine makes the id: the oracle does not know it.</summary>
    public bool HasOwnId => hasOwnId;

    public OrchestrationRuntimeStatus Status { get; set; } = OrchestrationRuntimeStatus.Pending;

    public bool IsFinished => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    public string? Output { get; set; }

    public string? Failure { get; set; }

    public string? Custom { get; set; }

    public bool IsSuspended { get; set; }

    /// <summary>Purged, or replaced by a new one of the same id.</summary>
    public bool IsGone { get; set; }

    public List<Message> Inbox { get; } = [];

    /// <summary>Events that came before the beginning.</summary>
    public List<(string Name, string Payload)> Early { get; } = [];

    public Queue<Message> Held { get; } = [];

    public Generation? Generation { get; set; }

    /// <summary>Who waits for its end.</summary>
    public Wait? Caller { get; set; }

    public Instance? Parent { get; set; }

    /// <summary>What a client can read of it.</summary>
    public string Describe()
        => $"{(hasOwnId ? id : "child")}: {Status} output {Output ?? "none"} custom {Custom ?? "none"} failure {Failure ?? "none"}";
}
