using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Tasks.Calls;

/// <summary>A function of the app's own catalog.</summary>
internal sealed class FunctionTarget(string function, ValueTemplate? arguments) : CallTarget
{
    public override async Task<TaskOutcome> CallAsync(TaskRun run, CancellationToken cancellation) =>
        new(await run.CallAsync(function, arguments is null ? JqValue.EmptyObject : run.Render(arguments), cancellation));
}

/// <summary>A task that takes the arguments as its input: one under <c>use.functions</c>, or one that was read from a URI.</summary>
internal sealed class InlineTarget(InlineFunction function, ValueTemplate? arguments) : CallTarget
{
    public override Task<TaskOutcome> CallAsync(TaskRun run, CancellationToken cancellation) =>
        run.RunFunctionAsync(function, arguments is null ? JqValue.EmptyObject : run.Render(arguments), cancellation);
}
