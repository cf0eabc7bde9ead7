using System.Diagnostics;

namespace AutoFlow.Functions.Telemetry;

/// <summary>
/// Our spans. Nothing is made while nobody listens. A queue message is only a key, so its trace is kept with the row that the key
/// stands for, and what takes the key up goes on with that trace.
/// </summary>
public static class Spans
{
    /// <summary>The span of a message's way to its workflow.</summary>
    public const string Route = "route";

    /// <summary>What a span inherits from the one around it.</summary>
    private static readonly string[] Inherited = [TelemetryNames.ConversationId, TelemetryNames.MessageId];

    private static readonly ActivitySource Source = new(TelemetryNames.Source);

    /// <summary>True while somebody listens.</summary>
    public static bool AreHeard => Source.HasListeners();

    /// <summary>The trace to keep with a row, as a W3C traceparent; null when nothing is traced.</summary>
    public static string? TraceParent => AreHeard && Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <summary>Begins a span below the present one.</summary>
    public static Activity? Start(string name, ActivityKind kind = ActivityKind.Internal) => AreHeard ? Inherit(Source.StartActivity(name, kind)) : null;

    /// <summary>
    /// Begins the span of what a queue's key stands for: in the trace of its row, linked with the run of the function that took the
    /// key, which is a trace of its own on every host.
    /// </summary>
    /// <param name="traceParent">As the row has it; null begins below the function's own span.</param>
    public static Activity? Process(string queue, string? traceParent)
    {
        if (!AreHeard) return null;
        var run = Activity.Current?.Context;
        var span = ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Source.StartActivity($"process {queue}", ActivityKind.Consumer, parent, links: run is { } linked ? [new ActivityLink(linked)] : null)
            : Source.StartActivity($"process {queue}", ActivityKind.Consumer);
        return Messaging(span, "process", queue);
    }

    /// <summary>Begins the span of an enqueueing that belongs to a trace; a sweep's belongs to none.</summary>
    public static Activity? Send(string queue) => Activity.Current is null ? null : Messaging(Start($"send {queue}", ActivityKind.Producer), "send", queue);

    /// <summary>Tells a span whose message it is about; nulls are not told.</summary>
    public static Activity? About(this Activity? span, string? conversationId, string? messageId)
    {
        if (conversationId is not null) span?.SetTag(TelemetryNames.ConversationId, conversationId);
        if (messageId is not null) span?.SetTag(TelemetryNames.MessageId, messageId);
        return span;
    }

    /// <summary>Links a span with another trace; null links nothing.</summary>
    /// <param name="traceParent">As a row has it.</param>
    public static void LinkTo(this Activity span, string? traceParent)
    {
        if (ActivityContext.TryParse(traceParent, null, isRemote: true, out var other)) span.AddLink(new ActivityLink(other));
    }

    /// <summary>Ends what a span stands for, while what is known of it may still grow: it is written when it is disposed of.</summary>
    public static void Rest(this Activity span)
    {
        span.SetEndTime(DateTime.UtcNow);
        Activity.Current = span.Parent;
    }

    /// <summary>Gives a span what the one around it in this process says of its message.</summary>
    public static Activity? Inherit(Activity? span)
    {
        if (span?.Parent is not { } around) return span;
        foreach (var name in Inherited)
            if (around.GetTagItem(name) is { } value && span.GetTagItem(name) is null) span.SetTag(name, value);
        return span;
    }

    // OpenTelemetry's semantic conventions for messaging.
    private static Activity? Messaging(Activity? span, string operation, string queue) => span?
        .SetTag("messaging.system", "azure.storage.queue")
        .SetTag("messaging.operation.type", operation)
        .SetTag("messaging.destination.name", queue);
}
