using System.Runtime.ExceptionServices;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Execution;

/// <summary>Runs definitions: a pure function of the definition, the input and what the context answers.</summary>
public static class WorkflowInterpreter
{
    /// <summary>Runs a definition to its end.</summary>
    /// <param name="definition">The definition, pinned for the whole run.</param>
    /// <param name="input">The raw input.</param>
    /// <param name="context">The way to the outside.</param>
    /// <param name="options">The bounds; <see cref="InterpreterOptions.Default"/> when null.</param>
    /// <returns>The output, or the error that no catch took.</returns>
    public static async Task<WorkflowResult> RunAsync(
        WorkflowDefinition definition, JqValue input, IWorkflowContext context, InterpreterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var run = new WorkflowRun(definition, input, context, options ?? InterpreterOptions.Default);
        run.Lifecycle.WorkflowStarted();
        var result = await ExecuteAsync(run);
        run.Lifecycle.WorkflowEnded(result);
        return result;
    }

    private static async Task<WorkflowResult> ExecuteAsync(WorkflowRun run)
    {
        try
        {
            return WorkflowResult.Completed(await run.ExecuteAsync(), run.Events.Consumed);
        }
        catch (WorkflowErrorException e)
        {
            return WorkflowResult.Faulted(e.Error, run.Events.Consumed);
        }
        catch (PortFailedException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var error = WorkflowError.Of(StandardErrors.Runtime, $"the interpreter failed: {e.GetType().Name}") with { Instance = run.CurrentTask };
            return WorkflowResult.Faulted(error, run.Events.Consumed);
        }
    }
}
