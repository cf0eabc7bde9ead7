using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>The scenarios of one definition, read from a file beside it.</summary>
/// <param name="FileName">The file's name as the caller gave it.</param>
/// <param name="Definition">The definition they are about.</param>
/// <param name="Scenarios">The scenarios in the file's order; their names are unique.</param>
public sealed record ScenarioFile(string FileName, WorkflowDefinition Definition, IReadOnlyList<Scenario> Scenarios);

/// <summary>A story: what is given, and what must happen then.</summary>
public sealed class Scenario
{
    internal Scenario(SourceText source, string name, SourcePosition position) => (Source, Name, Position) = (source, name, position);

    /// <summary>The story in a sentence.</summary>
    public string Name { get; }

    /// <summary>Where the name stands in the file.</summary>
    public SourcePosition Position { get; }

    internal SourceText Source { get; }

    internal ScenarioExpressions Expressions { get; init; } = new(JqValue.EmptyObject);

    internal Given Given { get; init; } = new();

    internal Expectation Then { get; init; } = new(SourcePosition.Start) { Ends = new ExpectedName(SourcePosition.Start, "completed") };
}

/// <summary>What a run is given.</summary>
internal sealed record Given
{
    /// <summary>When the run starts, UTC.</summary>
    public DateTimeOffset At { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary><c>$workflow.id</c>.</summary>
    public string Id { get; init; } = "scenario";

    /// <summary>The input; null for an empty object.</summary>
    public ScenarioValue? Input { get; init; }

    /// <summary>The answers of functions by name.</summary>
    public IReadOnlyDictionary<string, AnswerScript> Functions { get; init; } = AnswerScript.None;

    /// <summary>The answers of child workflows by name.</summary>
    public IReadOnlyDictionary<string, AnswerScript> Workflows { get; init; } = AnswerScript.None;

    /// <summary>The answers to calls by the language's own protocols.</summary>
    public IReadOnlyDictionary<string, AnswerScript> Protocols { get; init; } = AnswerScript.None;

    /// <summary>The secrets by name; each is text or an object of texts.</summary>
    public JqValue Secrets { get; init; } = JqValue.EmptyObject;

    public IReadOnlyList<GivenEvent> Events { get; init; } = [];
}

/// <summary>An event that comes while the run goes on.</summary>
/// <param name="After">When it comes, counted from the run's start.</param>
/// <param name="CloudEvent">The event's attributes; those that every event has are added where they are missing.</param>
internal sealed record GivenEvent(TimeSpan After, ScenarioValue CloudEvent);

/// <summary>What must happen. What is null is free.</summary>
internal sealed record Expectation(SourcePosition Position)
{
    /// <summary>The calls of functions and protocols, in order.</summary>
    public IReadOnlyList<ExpectedCall>? Calls { get; init; }

    /// <summary>Functions that only read: calls need not name them.</summary>
    public IReadOnlyCollection<string> Reads { get; init; } = [];

    /// <summary>The reading functions that the scenario does not name: their calls do not count.</summary>
    public IReadOnlySet<string> Silent => Reads.Except(Calls?.Select(static c => c.Name) ?? []).ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<ExpectedName>? Path { get; init; }

    public ExpectedValue? Output { get; init; }

    public ExpectedValue? Error { get; init; }

    public IReadOnlyList<ExpectedValue>? Emitted { get; init; }

    /// <summary>The child workflows started, in order, with their inputs.</summary>
    public IReadOnlyList<ExpectedCall>? Started { get; init; }

    /// <summary>How the run ends: completed, faulted or waiting.</summary>
    public required ExpectedName Ends { get; init; }

    /// <summary>The task at which the run ends, fails or waits.</summary>
    public ExpectedName? At { get; init; }

    public ExpectedTime? Took { get; init; }
}

/// <summary>A name, with its place in the scenario file.</summary>
internal sealed record ExpectedName(SourcePosition Position, string Name);

/// <summary>A call that must be made.</summary>
/// <param name="With">What its arguments must be; null where they are free.</param>
internal sealed record ExpectedCall(SourcePosition Position, string Name, ExpectedValue? With);

/// <summary>How long a run must take, in virtual time.</summary>
internal sealed record ExpectedTime(SourcePosition Position, TimeSpan AtLeast, TimeSpan AtMost);
