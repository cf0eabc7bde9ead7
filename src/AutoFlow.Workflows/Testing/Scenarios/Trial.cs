using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Outline;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>A call that a trial run made of a function or by a protocol.</summary>
/// <param name="Name">The function's or the protocol's name.</param>
/// <param name="At">When, in virtual time, UTC.</param>
internal sealed record MadeCall(string Name, JqValue Arguments, DateTimeOffset At);

/// <summary>What a trial run did and how it ended.</summary>
internal sealed record TrialRun
{
    /// <summary>How the run ended; null when it waits, or could not go on.</summary>
    public WorkflowResult? Result { get; init; }

    /// <summary>Why the run could not go on, for want of an answer; null when it could.</summary>
    public ScenarioException? Stopped { get; init; }

    /// <summary>The waits that nothing ends.</summary>
    public IReadOnlyList<WorkflowStatus> Waits { get; init; } = [];

    public required IReadOnlyList<MadeCall> Calls { get; init; }

    public required IReadOnlyList<ChildWorkflow> Children { get; init; }

    public required IReadOnlyList<JqValue> Emitted { get; init; }

    /// <summary>What the run showed, in order.</summary>
    public required IReadOnlyList<RunObservation> Moments { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>The pointer of the task at which the run ended, failed or waits.</summary>
    public required string EndedAt { get; init; }
}

/// <summary>Runs a definition once in virtual time on what a scenario gives.</summary>
internal sealed class Trial
{
    private readonly WorkflowDefinition _definition;
    private readonly Scenario _scenario;
    private readonly FakeWorkflowContext _context;
    private readonly List<MadeCall> _calls = [];
    private readonly List<RunObservation> _moments = [];
    private WorkflowResult? _result;
    private ScenarioException? _stopped;
    private bool _waits;

    private Trial(WorkflowDefinition definition, Scenario scenario)
    {
        (_definition, _scenario) = (definition, scenario);
        _context = new FakeWorkflowContext(scenario.Given.At) { InstanceId = scenario.Given.Id };
    }

    /// <summary>Runs the definition without anything outside.</summary>
    public static TrialRun Run(WorkflowDefinition definition, Scenario scenario, InterpreterOptions? options = null)
    {
        var trial = new Trial(definition, scenario);
        trial.Guarded(() => trial._result = trial._context.Run(definition, trial.Begin(), trial.Watched(options)));
        return trial.Told();
    }

    /// <summary>Runs the definition; calls by the language's own protocols go where the caller says.</summary>
    public static async Task<TrialRun> RunAsync(
        WorkflowDefinition definition, Scenario scenario, InterpreterOptions options, Func<ProtocolCall, CancellationToken, Task<FunctionAnswer>> protocols)
    {
        var trial = new Trial(definition, scenario);
        trial._context.OnProtocols(protocols);
        Task<WorkflowResult>? running = null;
        trial.Guarded(() => running = trial._context.RunAsync(definition, trial.Begin(), trial.Watched(options)));
        if (running is not null)
        {
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            trial.Guarded(() => trial._result = running.GetAwaiter().GetResult());
        }

        return trial.Told();
    }

    private void Guarded(Action step)
    {
        try
        {
            step();
        }
        catch (ScenarioException e)
        {
            _stopped = e;
        }
        catch (WaitsForEverException)
        {
            _waits = true;
        }
    }

    private InterpreterOptions Watched(InterpreterOptions? options) =>
        (options ?? InterpreterOptions.Default) with { Observer = Note + options?.Observer };

    /// <summary>Scripts the context; gives the input.</summary>
    private JqValue Begin()
    {
        var given = _scenario.Given;
        Script(given);
        return given.Input is { } value ? _scenario.Expressions.Render(value, JqValue.Null, given.At) : JqValue.EmptyObject;
    }

    private TrialRun Told()
    {
        var waits = _waits ? OpenWaits() : [];
        return new TrialRun
        {
            Result = _result,
            Stopped = _stopped,
            Waits = waits,
            Calls = _calls,
            Children = _context.Children,
            Emitted = _context.Emitted,
            Moments = _moments,
            Took = _context.Now - _scenario.Given.At,
            EndedAt = _result?.Error?.Instance ?? waits.LastOrDefault()?.Task ?? Entered() ?? "/",
        };
    }

    private void Note(RunObservation moment) => _moments.Add(moment);

    private string? Entered() => _moments.FindLast(static m => m.Moment == RunMoment.Entered)?.Task;

    private void Script(Given given)
    {
        foreach (var name in _definition.FunctionsCalled)
        {
            var turns = Turns(given.Functions, name);
            _context.On(name, (call, _) => Answer(name, call.Arguments, turns, "answers"));
        }

        foreach (var name in ScenarioContext.ProtocolNames)
        {
            var turns = Turns(given.Protocols, name);
            _context.OnProtocol(name, (call, _) => Answer(name, call.Arguments, turns, "protocols"));
        }

        foreach (var name in DefinitionOutline.Of(_definition).Children)
        {
            var turns = Turns(given.Workflows, name);
            _context.OnWorkflow(name, child => turns?.Next(child.Input, _context.Now) ?? Started(child));
        }

        foreach (var (name, secret) in given.Secrets.Properties) _context.WithSecret(name, secret);
        foreach (var coming in given.Events)
            _context.Raise(coming.After, _scenario.Expressions.Render(coming.CloudEvent, JqValue.Null, given.At + coming.After));
    }

    private AnswerTurns? Turns(IReadOnlyDictionary<string, AnswerScript> scripts, string name) =>
        scripts.TryGetValue(name, out var script) ? new AnswerTurns(script, _scenario.Expressions) : null;

    private FunctionAnswer Answer(string name, JqValue arguments, AnswerTurns? turns, string under)
    {
        _calls.Add(new MadeCall(name, arguments, _context.Now));
        return turns?.Next(arguments, _context.Now) ?? throw Missing(name, under, turns is null);
    }

    /// <summary>A child that is not awaited needs no answer.</summary>
    private FunctionAnswer Started(ChildWorkflow child) =>
        child.Await ? throw Missing(child.Name, "workflows", none: true) : FunctionAnswer.Of(JqValue.Null);

    private ScenarioException Missing(string name, string under, bool none)
    {
        var task = JsonPointer.LastSegment(Entered() ?? "/");
        return new ScenarioException(_scenario.Position, none
            ? $"task '{task}' needs an answer of '{name}': add '{name}:' under given.{under}"
            : $"task '{task}' calls '{name}' with arguments that no answer under given.{under} fits");
    }

    /// <summary>The tasks whose last shown status is a wait.</summary>
    private List<WorkflowStatus> OpenWaits() =>
        [.. _context.Statuses.GroupBy(static s => s.Task).Select(static g => g.Last()).Where(static s => s.WaitingFor is not null)];
}
