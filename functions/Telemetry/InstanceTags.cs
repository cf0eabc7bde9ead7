using System.Collections.Immutable;
using AutoFlow.Functions.Orchestrations;

namespace AutoFlow.Functions.Telemetry;

/// <summary>
/// Labels of a durable instance: whose message it works on. The embedded engine makes them attributes of the instance's spans; the
/// Durable Task dashboard shows them. Given only while something is traced.
/// </summary>
internal static class InstanceTags
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;

    /// <param name="start">The instance's input.</param>
    public static IReadOnlyDictionary<string, string> Of(object start)
    {
        if (!Spans.AreHeard || start is not WorkflowStart workflow) return None;
        var subject = CallSubject.Of(workflow);
        var tags = None.Add(TelemetryNames.Workflow, workflow.Workflow);
        if (subject.Conversation is { } conversation) tags = tags.Add(TelemetryNames.ConversationId, conversation);
        return subject.Message is { } message ? tags.Add(TelemetryNames.MessageId, message) : tags;
    }
}
