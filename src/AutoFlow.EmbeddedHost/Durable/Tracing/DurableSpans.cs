using System.Diagnostics;
using System.Runtime.CompilerServices;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Tracing;

/// <summary>
/// The spans of the durable engine, with Microsoft's source, names, kinds and attributes (microsoft/durabletask-dotnet, TraceHelper):
/// <c>create_orchestration:</c>, <c>orchestration_event:</c>, <c>orchestration:</c> and <c>activity:</c>. Nothing is made while nobody listens.
/// Microsoft writes a second span of each activity for the time from its call to its result; here one tells of it.
/// </summary>
internal static class DurableSpans
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Microsoft.DurableTask";

    private const string Type = "durabletask.type";
    private const string TaskName = "durabletask.task.name";
    private const string TaskVersion = "durabletask.task.version";
    private const string InstanceId = "durabletask.task.instance_id";
    private const string TaskId = "durabletask.task.task_id";
    private const string Status = "durabletask.task.status";
    private const string EventTarget = "durabletask.event.target_instance_id";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A client starts an orchestration. Null when nobody listens, or the trace is not sampled.</summary>
    public static Activity? Create(string name, string? version, string instanceId, IReadOnlyDictionary<string, string> tags)
    {
        if (!Source.HasListeners() || Source.StartActivity(Named("create_orchestration", name, version), ActivityKind.Producer) is not { } span)
            return null;
        return Tell(span, "orchestration", name, version, instanceId, tags);
    }

    /// <summary>The trace of the instance that a client starts: below the span of the start, else below what the caller does.</summary>
    public static InstanceTrace? TraceOf(Activity? create, IReadOnlyDictionary<string, string> tags) => Source.HasListeners()
        ? InstanceTrace.Of((create ?? Activity.Current)?.Context ?? default, tags)
        : null;

    /// <summary>A client raises an event.</summary>
    public static Activity? Event(string name, string instanceId) => Source.HasListeners()
        ? Source.StartActivity($"orchestration_event:{name}", ActivityKind.Producer)?.SetTag(Type, "event").SetTag(TaskName, name).SetTag(EventTarget, instanceId)
        : null;

    /// <summary>An activity runs.</summary>
    public static Activity? Run(ActivityInvocation call)
    {
        // Whatever the loop's thread came from is no part of the trace.
        Activity.Current = null;
        if (call.Trace is not { } trace || !Source.HasListeners() || trace.OwnContext is not { } parent)
            return null;
        var span = Source.StartActivity(Named("activity", call.Name, null), ActivityKind.Server, parent);
        return span is null ? null : Tell(span, "activity", call.Name, null, call.InstanceId, trace.Tags).SetTag(TaskId, call.TaskId);
    }

    /// <summary>
    /// Writes the span of an orchestration, or of one generation of it, that has ended. It begins with the first turn, and has the id
    /// that its activities name.
    /// </summary>
    /// <param name="started">Its first event.</param>
    /// <param name="instanceId">Its id.</param>
    /// <param name="began">Its first turn, UTC.</param>
    /// <param name="ended">Its last turn, UTC.</param>
    /// <param name="status">How it ended.</param>
    public static void WriteOrchestration(ExecutionStarted started, string instanceId, DateTime began, DateTime ended, OrchestrationRuntimeStatus status)
    {
        if (started.Trace is not { } trace || !Source.HasListeners() || trace.ParentContext is not { } parent)
            return;
        var span = Source.StartActivity(Named("orchestration", started.Name, started.Version), ActivityKind.Server, parent, startTime: began);
        if (span is null)
            return;
        SpanId(span) = trace.Span;
        Id(span) = null;
        Tell(span, "orchestration", started.Name, started.Version, instanceId, trace.Tags).SetTag(Status, status.ToString());
        // No text of the failure: it can hold what a customer wrote.
        if (status is OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated)
            span.SetStatus(ActivityStatusCode.Error, status.ToString());
        span.SetEndTime(ended > began ? ended : began);
        span.Dispose();
    }

    private static string Named(string what, string name, string? version) => string.IsNullOrEmpty(version) ? $"{what}:{name}" : $"{what}:{name}@({version})";

    private static Activity Tell(Activity span, string type, string name, string? version, string instanceId, IReadOnlyDictionary<string, string>? tags)
    {
        span.SetTag(Type, type).SetTag(TaskName, name).SetTag(InstanceId, instanceId);
        if (!string.IsNullOrEmpty(version))
            span.SetTag(TaskVersion, version);
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
            span.SetTag(key, value);
        return span;
    }

    // There is no public way to give a span an id that was told before; Microsoft's engine sets the same fields.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanId(Activity span);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_id")]
    private static extern ref string? Id(Activity span);
}
