using System.Diagnostics;

namespace AutoFlow.EmbeddedHost.Durable.Tracing;

/// <summary>
/// The trace of an instance, kept in its first event, so that it is the same after a kill. Ids are W3C Trace Context's in hexadecimal.
/// </summary>
/// <param name="Parent">The traceparent of what started it.</param>
/// <param name="State">The tracestate that came with it; null for none.</param>
/// <param name="Span">The id of the orchestration's own span, which is written when the orchestration ends: its activities name it before.</param>
/// <param name="Tags">The instance's labels, which become attributes of its spans; null for none.</param>
internal sealed record InstanceTrace(string Parent, string? State, string Span, IReadOnlyDictionary<string, string>? Tags)
{
    /// <summary>The trace of an instance that starts now; null when nothing is traced here.</summary>
    /// <param name="parent">What starts it.</param>
    /// <param name="tags">The instance's labels.</param>
    public static InstanceTrace? Of(ActivityContext parent, IReadOnlyDictionary<string, string>? tags) => parent == default
        ? null
        : new InstanceTrace(Write(parent), parent.TraceState, ActivitySpanId.CreateRandom().ToHexString(), tags is { Count: > 0 } ? tags : null);

    /// <summary>What started it; null when it cannot be read.</summary>
    public ActivityContext? ParentContext => ActivityContext.TryParse(Parent, State, isRemote: true, out var parent) ? parent : null;

    /// <summary>The orchestration's own span, the parent of its activities and children.</summary>
    public ActivityContext? OwnContext => ParentContext is { } parent
        ? new ActivityContext(parent.TraceId, ActivitySpanId.CreateFromString(Span), parent.TraceFlags, parent.TraceState, isRemote: true)
        : null;

    /// <summary>The trace of a child, or of this instance's next generation.</summary>
    public InstanceTrace? Child(ActivityContext? parent) => parent is { } context ? Of(context, Tags) : null;

    private static string Write(ActivityContext context) =>
        $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";
}
