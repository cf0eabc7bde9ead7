using AutoFlow.EmbeddedHost.Triggers.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Loggers of a run.</summary>
public static class FunctionContextLoggerExtensions
{
    /// <summary>A logger named after a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="context">The run.</param>
    public static ILogger<T> GetLogger<T>(this FunctionContext context) =>
        context.InstanceServices.GetRequiredService<ILogger<T>>();

    /// <summary>A logger by name.</summary>
    /// <param name="context">The run.</param>
    /// <param name="categoryName">The logger's name, shown as <c>Function.[name].User</c>.</param>
    public static ILogger GetLogger(this FunctionContext context, string categoryName) =>
        context.InstanceServices.GetRequiredService<ILoggerFactory>().CreateLogger($"Function.{categoryName}.User");
}

/// <summary>The HTTP side of a run.</summary>
public static class FunctionContextExtensions
{
    /// <summary>The HTTP context of a run; null when no HTTP request started it.</summary>
    /// <param name="context">The run.</param>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpEndpoints.HttpContextItem, out var item) ? item as HttpContext : null;
}
