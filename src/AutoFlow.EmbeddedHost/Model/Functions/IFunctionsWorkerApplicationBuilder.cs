using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Configures how functions run.</summary>
public interface IFunctionsWorkerApplicationBuilder
{
    /// <summary>The services.</summary>
    IServiceCollection Services { get; }

    /// <summary>Adds a step to the pipeline around functions; the first added is the outermost.</summary>
    /// <param name="middleware">Wraps the rest of the pipeline.</param>
    IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware);
}
