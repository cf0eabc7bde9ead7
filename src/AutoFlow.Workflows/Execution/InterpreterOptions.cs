using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>The bounds of a run. They are part of what a run decides: change them only for new instances.</summary>
public sealed record InterpreterOptions
{
    /// <summary>The bounds used where none are given.</summary>
    public static InterpreterOptions Default { get; } = new();

    /// <summary>How many tasks one instance may perform, iterations and retries counted.</summary>
    public int MaxTaskExecutions { get; init; } = 10_000;

    /// <summary>How deep inline functions may call each other.</summary>
    public int MaxFunctionDepth { get; init; } = 32;

    /// <summary>How many events that no filter took yet are kept for later; of more the oldest is dropped.</summary>
    public int MaxBufferedEvents { get; init; } = 1_000;

    /// <summary>Which lifecycle events the run publishes.</summary>
    public LifecycleScope Lifecycle { get; init; }

    /// <summary>Is shown every moment of the run; null for nobody. It must not fail, and nothing it does changes a decision.</summary>
    public Action<RunObservation>? Observer { get; init; }

    /// <summary>The bounds of one expression; null for those of jq itself.</summary>
    public JqLimits? Expressions { get; init; }

    /// <summary><c>$runtime.name</c>.</summary>
    public string RuntimeName { get; init; } = "AutoFlow";

    /// <summary><c>$runtime.version</c>: the version of the language, so that an upgrade of the engine changes no running instance.</summary>
    public string RuntimeVersion { get; init; } = "1.0.3";
}
