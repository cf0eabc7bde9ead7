using System.Collections;
using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>One history, and what each way to write the orchestrator makes of it: the same again, or where it strays and how that is told.</summary>
internal sealed class ReplayTable(Past past) : IEnumerable<string>
{
    private readonly Dictionary<string, (Func<TaskOrchestrationContext, Task<object?>> Code, string? Strays, Past Past)> _rows = [];

    /// <summary>The rows' names.</summary>
    public TheoryData<string> Rows => [.. _rows.Keys];

    /// <summary>A row whose code decides the same.</summary>
    public void Add(string name, Func<TaskOrchestrationContext, Task<object?>> code) => _rows.Add(name, (code, null, past));

    /// <summary>A row whose code strays.</summary>
    /// <param name="name">What is changed.</param>
    /// <param name="strays">Turn, step, what was expected and what found.</param>
    /// <param name="code">The code.</param>
    public void Add(string name, string strays, Func<TaskOrchestrationContext, Task<object?>> code) => _rows.Add(name, (code, strays, past));

    /// <summary>A row whose code would now decide something that counts as the same, but is not equal: as in a history of its own.</summary>
    public void Add(string name, Func<TaskOrchestrationContext, Task<object?>> code, Past own)
    {
        _rows.Add(name, (code, null, past));
        _rows.Add($"{name}, in a history of its own", (code, null, own));
    }

    public IEnumerator<string> GetEnumerator() => _rows.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Replays a row's code and compares.</summary>
    public void Check(string row)
    {
        var (code, strays, turns) = _rows[row];
        var execution = new OrchestrationExecution(Past.Id, code, NullLoggerFactory.Instance);
        var thrown = Record.Exception(() =>
        {
            foreach (var turn in turns.Turns)
                execution.Replay(turn);
        });
        if (strays is null)
        {
            Assert.Null(thrown);
            if (turns != past || !_rows.ContainsKey($"{row}, in a history of its own"))
                CheckTurnByTurn(code, turns);
        }
        else
        {
            var message = $"The orchestrator 'Flow' did not replay as recorded. Instance 'flow-1', {strays}. "
                + "Its code has changed since the instance started, or it depends on something that is not in its history.";
            Assert.Equal(message, Assert.IsType<NonDeterministicOrchestrationException>(thrown).Message);
            CheckNextTurnFails(code, turns, message);
        }
    }

    /// <summary>Each turn, given only those before it, is decided anew as it was.</summary>
    private static void CheckTurnByTurn(Func<TaskOrchestrationContext, Task<object?>> code, Past turns)
    {
        for (var number = 0; number < turns.Turns.Count; number++)
        {
            var turn = turns.Turns[number];
            var again = Take(code, turns, number, turn.Received, turn.At);
            Assert.Equal(HistoryJson.Write(WithoutStacks(turn)), HistoryJson.Write(WithoutStacks(again.Turn)));
        }
    }

    /// <summary>The instance fails at its next turn, and says why.</summary>
    private static void CheckNextTurnFails(Func<TaskOrchestrationContext, Task<object?>> code, Past turns, string message)
    {
        var next = Take(code, turns, turns.Turns.Count, [new EventRaised("anything", null)], turns.Turns[^1].At);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, next.Status);
        var failed = Assert.IsType<ExecutionFailed>(Assert.Single(next.Turn.Decided));
        Assert.Equal((typeof(NonDeterministicOrchestrationException).FullName, message), (failed.Failure.ErrorType, failed.Failure.ErrorMessage));
    }

    private static TurnOutcome Take(Func<TaskOrchestrationContext, Task<object?>> code, Past past, int count, IReadOnlyList<HistoryEvent> arrived, DateTime at)
        => OrchestrationTurn.Take(new TurnInput(Past.Id, [.. past.Turns.Take(count)], arrived), code, at, NullLoggerFactory.Instance)!;

    private static TurnRecord WithoutStacks(TurnRecord turn) => turn with
    {
        Decided = [.. turn.Decided.Select(each => each is ExecutionFailed failed ? new ExecutionFailed(WithoutStacks(failed.Failure)) : each)],
    };

    private static TaskFailureDetails WithoutStacks(TaskFailureDetails failure)
        => new(failure.ErrorType, failure.ErrorMessage, null, failure.InnerFailure is { } inner ? WithoutStacks(inner) : null);
}
