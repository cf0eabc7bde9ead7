using Microsoft.Azure.Functions.Worker.Middleware;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>The steps around functions, in the order in which they were added.</summary>
internal sealed class FunctionMiddleware
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _steps = [];

    /// <summary>Adds a step; the first added is the outermost.</summary>
    /// <param name="step">Wraps the rest of the pipeline.</param>
    public void Add(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> step) => _steps.Add(step);

    /// <summary>The pipeline around something.</summary>
    /// <param name="core">What all steps are around.</param>
    public FunctionExecutionDelegate Around(FunctionExecutionDelegate core) =>
        Enumerable.Reverse(_steps).Aggregate(core, static (next, step) => step(next));
}
