using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

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
