namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>What an orchestration may not do, since a replay would find something else.</summary>
internal enum Rule
{
    /// <summary>Reads the machine's clock.</summary>
    Clock,

    /// <summary>Draws something random, hash codes of this process included.</summary>
    Randomness,

    /// <summary>Reads or writes what lies outside: files, network, console, environment.</summary>
    Outside,

    /// <summary>Leaves the orchestrator's thread, or waits in this machine's time.</summary>
    Threads,

    /// <summary>Goes through a collection that has no order.</summary>
    Order,

    /// <summary>Depends on this machine's settings: time zone, culture.</summary>
    Machine,
}

/// <summary>A rule that is broken.</summary>
/// <param name="Rule">Which.</param>
/// <param name="File">The file, from the repository's root.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Member">The member that it is in, as a documentation id.</param>
/// <param name="What">What is used.</param>
/// <param name="Way">The members from an orchestrator to this one.</param>
internal sealed record Finding(Rule Rule, string File, int Line, string Member, string What, string Way)
{
    /// <summary>One line: where, what, how to mend it, and how an orchestrator comes there.</summary>
    public override string ToString() => $"{File}:{Line}: {What} {Trouble}; {Cure} [{Rule}; {Way}]";

    private string Trouble => Rule switch
    {
        Rule.Clock => "reads this machine's clock",
        Rule.Randomness => "gives another value at each run",
        Rule.Outside => "reaches outside of the orchestration",
        Rule.Threads => "leaves the orchestrator's thread or its time",
        Rule.Order => "has no order to rely on",
        _ => "depends on this machine's settings",
    };

    private string Cure => Rule switch
    {
        Rule.Clock => "take the context's time (CurrentUtcDateTime, IWorkflowContext.Now)",
        Rule.Randomness => "take the context's NewGuid, or derive it from the instance's id",
        Rule.Outside => "do it in an activity",
        Rule.Threads => "await the context's timers, events and calls, on its own thread",
        Rule.Order => "sort it, or keep it in a list, a SortedDictionary or an OrderedDictionary",
        _ => "name a culture or UTC",
    };
}
