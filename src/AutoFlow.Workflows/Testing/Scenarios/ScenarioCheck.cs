using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>An expectation that did not come true.</summary>
internal sealed record ScenarioFailure(SourcePosition Position, string Message);

/// <summary>Compares what a run did with what it must do.</summary>
internal sealed class ScenarioCheck
{
    private readonly Scenario _scenario;
    private readonly TrialRun _run;
    private readonly Expectation _then;
    private readonly List<ScenarioFailure> _failures = [];

    private ScenarioCheck(Scenario scenario, TrialRun run) => (_scenario, _run, _then) = (scenario, run, scenario.Then);

    /// <summary>Everything that differs, in the order of the scenario.</summary>
    public static IReadOnlyList<ScenarioFailure> Compare(Scenario scenario, TrialRun run)
    {
        var check = new ScenarioCheck(scenario, run);
        if (run.Stopped is { } stopped) return [new ScenarioFailure(stopped.Position, stopped.Message)];
        try
        {
            check.All();
        }
        catch (ScenarioException e)
        {
            check.Fail(e.Position, e.Message);
        }

        return check._failures;
    }

    private void All()
    {
        Ending();
        if (_then.Calls is { } calls) Sequence(calls, [.. Listed().Select(static c => (c.Name, c.Arguments))], "call");
        if (_then.Started is { } started) Sequence(started, [.. _run.Children.Select(static c => (c.Name, c.Input))], "start");
        if (_then.Path is { } path) Path(path);
        if (_then.Emitted is { } emitted) Emitted(emitted);
        if (_then.Output is { } output && _run.Result?.Output is { } given) Value(output, given, "output");
        if (_then.Error is { } error && _run.Result?.Error is { } failure) Value(error, failure.ToJson(), "error");
        if (_then.At is { } at && TrialStory.Name(_run.EndedAt) != at.Name)
            Fail(at.Position, $"expected the run to end at '{at.Name}', but it ended at '{TrialStory.Name(_run.EndedAt)}'");
        if (_then.Took is { } took) Time(took);
    }

    private void Fail(SourcePosition position, string message) => _failures.Add(new ScenarioFailure(position, message));

    private void Ending()
    {
        var ended = _run.Result is null ? "waiting" : _run.Result.IsFaulted ? "faulted" : "completed";
        if (ended == _then.Ends.Name) return;
        var expected = _then.Ends.Name switch { "waiting" => "wait", "faulted" => "fault", _ => "complete" };
        Fail(_then.Ends.Position, $"expected the run to {expected}, but it {TrialStory.End(_run)}");
    }

    /// <summary>The calls that count: those of reading functions only where the scenario names the function.</summary>
    private IEnumerable<MadeCall> Listed()
    {
        var silent = _then.Silent;
        return _run.Calls.Where(c => !silent.Contains(c.Name));
    }

    private void Sequence(IReadOnlyList<ExpectedCall> expected, IReadOnlyList<(string Name, JqValue With)> made, string what)
    {
        for (var i = 0; i < expected.Count; i++)
        {
            var (position, name, with) = expected[i];
            if (i >= made.Count || made[i].Name != name)
            {
                Fail(position, $"expected {what} {i + 1} to be {name}, but {(i < made.Count ? $"it was {made[i].Name}" : $"there was no {what} after {i}")}"
                    + $"\n  expected: {Names(expected.Select(static e => e.Name))}\n  made:     {Names(made.Select(static m => m.Name))}");
                return;
            }

            if (with is not null) Value(with, made[i].With, $"{what} {i + 1}, {name}");
        }

        if (made.Count <= expected.Count) return;
        var after = expected.Count == 0 ? _then.Position : expected[^1].Position;
        Fail(after, $"expected no {what} after {(expected.Count == 0 ? "the start" : $"this {expected[^1].Name}")}, but there was {Names(made.Skip(expected.Count).Select(static m => m.Name))}");
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } listed ? listed : "none";

    private void Value(ExpectedValue expected, JqValue actual, string what)
    {
        foreach (var (position, path, wanted, found) in expected.Compare(actual, "", Ask))
            Fail(position, $"{what}{(path.Length == 0 ? "" : $" {path}")}: expected {wanted}, but {TrialStory.Short(found)}");
    }

    private JqValue Ask(Expressions.RuntimeExpression expression, SourcePosition position, JqValue on) =>
        _scenario.Expressions.Evaluate(expression, position, on, _scenario.Given.At + _run.Took);

    private void Emitted(IReadOnlyList<ExpectedValue> expected)
    {
        for (var i = 0; i < Math.Min(expected.Count, _run.Emitted.Count); i++) Value(expected[i], _run.Emitted[i], $"event {i + 1}");
        if (expected.Count != _run.Emitted.Count)
            Fail(_then.Position, $"expected {expected.Count} events, but {_run.Emitted.Count}: {Names(_run.Emitted.Select(static e => e["type"].AsString() ?? "?"))}");
    }

    /// <summary>Every task of the outermost list must be named; tasks inside tasks may be left out.</summary>
    private void Path(IReadOnlyList<ExpectedName> expected)
    {
        var entered = _run.Moments.Where(static m => m.Moment == RunMoment.Entered).Select(static m => m.Task).ToList();
        var next = 0;
        foreach (var name in expected)
        {
            while (next < entered.Count && TrialStory.Name(entered[next]) != name.Name && !TrialStory.IsOutermost(entered[next])) next++;
            if (next < entered.Count && TrialStory.Name(entered[next]) == name.Name)
            {
                next++;
                continue;
            }

            Fail(name.Position, $"expected the path to go to '{name.Name}', but {(next < entered.Count ? $"it went to '{TrialStory.Name(entered[next])}'" : "it ended")}"
                + $"\n  path: {Names(entered.Where(TrialStory.IsOutermost).Select(TrialStory.Name))}");
            return;
        }

        if (entered.Skip(next).FirstOrDefault(TrialStory.IsOutermost) is { } further)
            Fail(expected.Count == 0 ? _then.Position : expected[^1].Position, $"expected the path to end here, but it went to '{TrialStory.Name(further)}'");
    }

    private void Time(ExpectedTime took)
    {
        if (_run.Took >= took.AtLeast && _run.Took <= took.AtMost) return;
        var expected = took.AtLeast == took.AtMost
            ? Descriptors.Iso8601(took.AtLeast)
            : $"{Descriptors.Iso8601(took.AtLeast)} to {(took.AtMost == TimeSpan.MaxValue ? "any time" : Descriptors.Iso8601(took.AtMost))}";
        Fail(took.Position, $"expected the run to take {expected}, but {Descriptors.Iso8601(_run.Took)}");
    }
}
