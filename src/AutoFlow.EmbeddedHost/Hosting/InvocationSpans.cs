using System.Diagnostics;
using AutoFlow.EmbeddedHost.Triggers.Http;
using AutoFlow.EmbeddedHost.Triggers.Queue;
using Microsoft.AspNetCore.Http;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>
/// The spans of HTTP, queue and timer functions: <c>function [name]</c> of the source <c>Microsoft.Azure.Functions.Worker</c>, as
/// Microsoft's worker writes them (TelemetryProviderV1_37_0). A queue or timer function begins a trace: what a message belongs to, only
/// the app knows. Nothing is made while nobody listens.
/// </summary>
internal static class InvocationSpans
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Microsoft.Azure.Functions.Worker";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of a run; null when nobody listens, and for activities, whose span the durable engine writes.</summary>
    public static Activity? Start(FunctionDescriptor function, TriggerEvent triggerEvent)
    {
        if (triggerEvent is not (HttpEvent or QueueEvent or TimerEvent) || !Source.HasListeners())
            return null;
        var parent = triggerEvent is HttpEvent { Context.Request: var request } ? Caller(request) : default;

        // ASP.NET Core's own span is not written: it would show the query, and with it the key in "code".
        Activity.Current = null;
        var span = Source.StartActivity($"function {function.Name}", Kind(triggerEvent), parent);
        span?.SetTag("faas.name", function.Name).SetTag("faas.trigger", Trigger(triggerEvent));
        switch (triggerEvent)
        {
            case HttpEvent { Context.Request: var http } when span is not null:
                span.SetTag("http.request.method", http.Method).SetTag("http.route", "/" + ((HttpTrigger)function.Trigger).Route);
                break;
            case QueueEvent { Queue: var queue }:
                span?.SetTag("messaging.system", "azure.storage.queue").SetTag("messaging.destination.name", queue);
                break;
            default:
                break;
        }

        return span;
    }

    /// <summary>Tells how the run ended. Never the failure's text: it can hold personal data.</summary>
    public static void End(Activity? span, string invocationId, Exception? failure)
    {
        if (span is null)
            return;
        span.SetTag("faas.invocation_id", invocationId);
        if (failure is not null)
            span.SetTag("error.type", failure.GetType().FullName).SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
        span.Dispose();
    }

    private static ActivityContext Caller(HttpRequest request) =>
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var caller) ? caller : default;

    private static ActivityKind Kind(TriggerEvent triggerEvent) => triggerEvent switch
    {
        HttpEvent => ActivityKind.Server,
        QueueEvent => ActivityKind.Consumer,
        _ => ActivityKind.Internal,
    };

    private static string Trigger(TriggerEvent triggerEvent) => triggerEvent switch
    {
        HttpEvent => "http",
        QueueEvent => "pubsub",
        _ => "timer",
    };
}
