using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Middleware
{
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
}

namespace Microsoft.Azure.Functions.Worker
{
    /// <summary>Configures how functions run.</summary>
    public interface IFunctionsWorkerApplicationBuilder
    {
        /// <summary>The services.</summary>
        IServiceCollection Services { get; }

        /// <summary>Adds a step to the pipeline around functions; the first added is the outermost.</summary>
        /// <param name="middleware">Wraps the rest of the pipeline.</param>
        IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware);
    }
}

namespace Microsoft.Extensions.Hosting
{
    using Microsoft.Azure.Functions.Worker;

    /// <summary>Middleware around functions.</summary>
    public static class MiddlewareWorkerApplicationBuilderExtensions
    {
        /// <summary>Adds a middleware class, one instance for the host's life.</summary>
        /// <typeparam name="T">The class.</typeparam>
        /// <param name="builder">The builder.</param>
        public static IFunctionsWorkerApplicationBuilder UseMiddleware<T>(this IFunctionsWorkerApplicationBuilder builder)
            where T : class, IFunctionsWorkerMiddleware
        {
            builder.Services.AddSingleton<T>();
            return builder.Use(next => context => context.InstanceServices.GetRequiredService<T>().Invoke(context, next));
        }

        /// <summary>Adds a middleware delegate.</summary>
        /// <param name="builder">The builder.</param>
        /// <param name="middleware">The middleware; it calls its second argument to go on.</param>
        public static IFunctionsWorkerApplicationBuilder UseMiddleware(
            this IFunctionsWorkerApplicationBuilder builder, Func<FunctionContext, Func<Task>, Task> middleware) =>
            builder.Use(next => context => middleware(context, () => next(context)));
    }
}
