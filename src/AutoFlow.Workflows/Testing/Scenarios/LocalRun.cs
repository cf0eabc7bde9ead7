using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>A file's name and what is in it.</summary>
public sealed record NamedText(string FileName, string Text);

/// <summary>A definition to run once, here and in virtual time.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="Functions">The functions that definitions call.</param>
/// <param name="At">When the run starts unless the answers say it, UTC.</param>
public sealed record LocalRun(WorkflowDefinition Definition, IFunctionCatalog Functions, DateTimeOffset At)
{
    /// <summary>The input; null for that of the answers, or an empty object.</summary>
    public JqValue? Input { get; init; }

    /// <summary>A scenario file whose <c>given</c> answers; null for none.</summary>
    public NamedText? Answers { get; init; }

    /// <summary>The scenario of that file to take; null for what the file gives to all.</summary>
    public string? Scenario { get; init; }

    /// <summary>A YAML or JSON list of events as under <c>given.events</c>; null for those of the answers.</summary>
    public NamedText? Events { get; init; }

    /// <summary>Is shown every moment of the run; null for nobody.</summary>
    public Action<RunObservation>? Observer { get; init; }

    /// <summary>The secrets by name, each text or an object of texts; those of the answers come second.</summary>
    public JqValue Secrets { get; init; } = JqValue.EmptyObject;

    /// <summary>Makes calls by the language's own protocols for real; null to answer them as all others.</summary>
    public Func<ProtocolCall, CancellationToken, Task<FunctionAnswer>>? Protocols { get; init; }

    /// <summary>Runs the definition to its end.</summary>
    public async Task<LocalRunResult> RunAsync()
    {
        var (scenario, findings) = LocalRunReader.Read(this);
        if (scenario is null) return new LocalRunResult { Findings = findings };
        var options = InterpreterOptions.Default with { Observer = Observer };
        var run = Protocols is { } protocols
            ? await Trial.RunAsync(Definition, scenario, options, protocols)
            : Trial.Run(Definition, scenario, options);
        return new LocalRunResult
        {
            Findings = findings,
            Result = run.Result,
            Stopped = run.Stopped is { } stopped ? stopped.Message : run.Result is null ? $"the run waits for {TrialStory.Waits(run)}" : null,
            Took = run.Took,
        };
    }
}

/// <summary>How a local run ended.</summary>
public sealed record LocalRunResult
{
    /// <summary>What is wrong in the files given; with an error nothing was run.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; init; } = [];

    /// <summary>The output or the error; null when the run did not end.</summary>
    public WorkflowResult? Result { get; init; }

    /// <summary>Why the run did not end; null when it did.</summary>
    public string? Stopped { get; init; }

    /// <summary>How long the run took in virtual time.</summary>
    public TimeSpan Took { get; init; }
}
