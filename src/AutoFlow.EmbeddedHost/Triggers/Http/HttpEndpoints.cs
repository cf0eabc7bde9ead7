using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Hosting;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Triggers.Http;

/// <summary>Makes an endpoint of each HTTP function.</summary>
internal static class HttpEndpoints
{
    /// <summary>Where the HTTP context is in <c>FunctionContext.Items</c>, as in Microsoft's integration.</summary>
    public const string HttpContextItem = "HttpRequestContext";

    /// <summary>After what time a caller may ask again when the disk takes nothing.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The full route of a function.</summary>
    /// <param name="trigger">Its trigger.</param>
    /// <param name="prefix">The route prefix; may be empty.</param>
    public static string Route(HttpTrigger trigger, string prefix) =>
        string.Join('/', new[] { prefix, trigger.Route }.Where(static part => part.Length > 0));

    /// <summary>What is wrong with the functions' routes, one line each.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="prefix">The route prefix.</param>
    /// <param name="services">Makes the constraints of routes.</param>
    public static IEnumerable<string> Faults(IEnumerable<FunctionDescriptor> functions, string prefix, IServiceProvider services)
    {
        var policies = services.GetRequiredService<ParameterPolicyFactory>();
        var taken = new Dictionary<string, FunctionDescriptor>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions)
        {
            if (function.Trigger is not HttpTrigger http)
                continue;
            var pattern = RoutePatternFactory.Parse(Route(http, prefix));
            if (PolicyFault(pattern, policies) is { } fault)
                yield return $"{function.EntryPoint}: the route \"{http.Route}\" cannot be read: {fault}";
            foreach (var method in http.Methods.DefaultIfEmpty("*"))
            {
                if (!taken.TryAdd($"{method} {pattern.RawText}", function))
                    yield return $"{function.EntryPoint}: the route \"{http.Route}\" ({method}) is taken by {taken[$"{method} {pattern.RawText}"].EntryPoint}; give one another route.";
            }
        }
    }

    /// <summary>Maps the endpoint of a function.</summary>
    /// <param name="endpoints">Where it is mapped.</param>
    /// <param name="function">The function.</param>
    /// <param name="trigger">Its trigger.</param>
    /// <param name="prefix">The route prefix.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="invoker">Runs the function.</param>
    public static void Map(
        IEndpointRouteBuilder endpoints, FunctionDescriptor function, HttpTrigger trigger, string prefix, FunctionKeyRing keys, FunctionInvoker invoker)
    {
        var route = "/" + Route(trigger, prefix);
        var builder = trigger.Methods.Count == 0 ? endpoints.Map(route, HandleAsync) : endpoints.MapMethods(route, trigger.Methods, HandleAsync);
        builder.WithDisplayName(function.Name);

        async Task HandleAsync(HttpContext context)
        {
            if (!HttpAuthorization.Allows(context.Request, function.Name, trigger.Level, keys))
            {
                await HttpResults.WriteProblemAsync(
                    context, StatusCodes.Status401Unauthorized, "A valid key is needed: header x-functions-key, or code in the query.", null, null);
                return;
            }

            await RunAsync(context, function, invoker);
        }
    }

    /// <summary>Answers in a line what no function takes: an unknown address, another method. What a function answers stays as it is.</summary>
    public static async Task TellUntakenAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetEndpoint() is RouteEndpoint || context.Response.HasStarted)
            return;
        var (method, path, allowed) = (context.Request.Method, context.Request.Path, context.Response.Headers.Allow.ToString());
        if (context.Response.StatusCode == StatusCodes.Status404NotFound)
        {
            await HttpResults.WriteProblemAsync(
                context, StatusCodes.Status404NotFound, "Nothing is here.", $"There is no {path}. A slash within an id is written as %2F.", null);
        }
        else if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Allow = allowed;
                return Task.CompletedTask;
            });
            await HttpResults.WriteProblemAsync(context, StatusCodes.Status405MethodNotAllowed, "Another method is meant.", $"{path} takes {allowed}, not {method}.", null);
        }
    }

    private static async Task RunAsync(HttpContext context, FunctionDescriptor function, FunctionInvoker invoker)
    {
        var outcome = await invoker.InvokeAsync(function, new HttpEvent(context), context.RequestAborted);
        switch (outcome.Failure)
        {
            case null:
                await AnswerAsync(context, function, outcome);
                break;
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                break;
            case BindingException binding:
                await HttpResults.WriteProblemAsync(
                    context, StatusCodes.Status400BadRequest, "The request does not fit the function.", binding.Message, outcome.InvocationId);
                break;
            case BadHttpRequestException bad:
                await HttpResults.WriteProblemAsync(context, bad.StatusCode, "The request cannot be read.", bad.Message, outcome.InvocationId);
                break;
            case { } failure when StorageUnavailableException.IsBehind(failure):
                // Which file and why is for the log: anybody may have called.
                await HttpResults.WriteProblemAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "The host cannot store anything at present.",
                    $"Send the request again in {RetryAfter.TotalSeconds:0} seconds; what was taken of it already is known then. The host's log says what is wrong with its disk.",
                    outcome.InvocationId,
                    RetryAfter);
                break;
            case InstanceUnavailableException { IsSetAside: true } aside:
                await HttpResults.WriteProblemAsync(context, StatusCodes.Status409Conflict, "The instance is set aside.", aside.Message, outcome.InvocationId);
                break;
            case { } failure when failure is InstanceUnavailableException || (failure is ObjectDisposedException && IsStopping(context)):
                await HttpResults.WriteProblemAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "The host is stopping.",
                    $"Send the request again in {RetryAfter.TotalSeconds:0} seconds, when the host runs again.",
                    outcome.InvocationId,
                    RetryAfter);
                break;
            default:
                await HttpResults.WriteProblemAsync(
                    context, StatusCodes.Status500InternalServerError, "The function failed.", null, outcome.InvocationId);
                break;
        }
    }

    private static bool IsStopping(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static async Task AnswerAsync(HttpContext context, FunctionDescriptor function, InvocationOutcome outcome)
    {
        try
        {
            await HttpResults.WriteAsync(context, outcome.Value, toQueue: function.Outputs.Any(static output => output.Property is null));
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger($"Function.{function.Name}").LogError(
                fault, "The answer of '{Function}' could not be written (Id={InvocationId})", function.Name, outcome.InvocationId);
            await HttpResults.WriteProblemAsync(
                context, StatusCodes.Status500InternalServerError, "The function's answer could not be written.", null, outcome.InvocationId);
        }
    }

    private static string? PolicyFault(RoutePattern pattern, ParameterPolicyFactory policies)
    {
        foreach (var parameter in pattern.Parameters)
        {
            foreach (var reference in parameter.ParameterPolicies)
            {
                try
                {
                    _ = policies.Create(parameter, reference);
                }
                catch (Exception fault) when (fault is InvalidOperationException or RouteCreationException)
                {
                    return $"the constraint '{reference.Content}' of '{parameter.Name}' is unknown or has wrong arguments.";
                }
            }
        }

        return null;
    }
}
