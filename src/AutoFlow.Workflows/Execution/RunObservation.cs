using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>What happened to a task.</summary>
public enum RunMoment
{
    /// <summary>The task begins; its <c>if</c>, where it has one, holds. The value is its input.</summary>
    Entered,

    /// <summary>The task's <c>if</c> does not hold.</summary>
    PassedOver,

    /// <summary>The task is done. The value is its output.</summary>
    Completed,

    /// <summary>A case of a switch is taken; the detail is its name.</summary>
    CaseTaken,

    /// <summary>No case of a switch is taken.</summary>
    NoCaseTaken,

    /// <summary>The tasks of a try were performed without an error.</summary>
    TriedWell,

    /// <summary>A try caught an error and tries again. The value is the error.</summary>
    Retried,

    /// <summary>A try caught an error and has no retry left. The value is the error.</summary>
    RetrySpent,

    /// <summary>A try caught an error and handles it. The value is the error.</summary>
    Caught,

    /// <summary>A time limit ended.</summary>
    TimedOut,

    /// <summary>A loop has at least one item.</summary>
    Looped,

    /// <summary>A loop has no item.</summary>
    NothingToLoop,

    /// <summary>A listen to any of several events took one; the detail is the number of its filter, from 0.</summary>
    EventTaken,
}

/// <summary>What a run shows to who watches it through <see cref="InterpreterOptions.Observer"/>.</summary>
/// <param name="Moment">What happened.</param>
/// <param name="Task">The task's JSON pointer in the definition; <c>/</c> for the workflow itself.</param>
/// <param name="Key">The path of this execution: the pointer with iterations and returns written in.</param>
/// <param name="At">The run's time, UTC.</param>
public sealed record RunObservation(RunMoment Moment, string Task, string Key, DateTimeOffset At)
{
    /// <summary>Which of several; null where there is but one.</summary>
    public string? Detail { get; init; }

    /// <summary>The data of the moment; null where it has none.</summary>
    public JqValue? Value { get; init; }
}
