namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>Runs a function, or the rest of the pipeline before it.</summary>
/// <param name="context">The run.</param>
public delegate Task FunctionExecutionDelegate(FunctionContext context);

/// <summary>A step around every HTTP, queue, timer and activity function.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Runs the step.</summary>
    /// <param name="context">The run.</param>
    /// <param name="next">The rest of the pipeline.</param>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
