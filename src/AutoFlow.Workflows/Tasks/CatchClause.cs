using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Tasks;

/// <summary>Which errors a try catches and what it does then (OWS dsl-reference.md, "Catch").</summary>
internal sealed record CatchClause
{
    public required ErrorFilter Filter { get; init; }

    /// <summary>The variable that holds the error.</summary>
    public required string Variable { get; init; }

    public RuntimeExpression? When { get; init; }

    public RuntimeExpression? ExceptWhen { get; init; }

    public RetryPolicy? Retry { get; init; }

    /// <summary>The variable under which the retry policy knows the error: a policy under <c>use.retries</c> knows it as <c>$error</c>.</summary>
    public required string RetryVariable { get; init; }

    public TaskList? Do { get; init; }

    public FlowDirective? Then { get; init; }

    /// <summary>Whether the clause takes the error; <paramref name="frame"/> holds the error's variable.</summary>
    public bool Takes(TaskRun run, WorkflowError error, Frame frame) =>
        Filter.Matches(error)
        && (When is null || run.Holds(When, run.Input, frame))
        && (ExceptWhen is null || !run.Holds(ExceptWhen, run.Input, frame));
}
