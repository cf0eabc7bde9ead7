using System.Diagnostics;
using System.Diagnostics.Metrics;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Telemetry.Metrics;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Telemetry;

/// <summary>What becomes of messages. Attributes have few values: labels of the taxonomy, languages of the texts, names of definitions.</summary>
internal static class MessageMetrics
{
    private static readonly Counter<long> All = MeterOf.AutoFlow.CreateCounter<long>("autoflow.messages.received", "{message}", "Messages stored for the first time.");

    private static readonly Counter<long> Understandings = MeterOf.AutoFlow.CreateCounter<long>("autoflow.messages.understood", "{message}", "Messages understood and routed, by intent, language and workflow.");

    private static readonly Counter<long> Replies = MeterOf.AutoFlow.CreateCounter<long>("autoflow.messages.answered", "{reply}", "Replies sent.");

    private static readonly Counter<long> Holds = MeterOf.AutoFlow.CreateCounter<long>("autoflow.messages.held", "{reply}", "Replies that wait for a person.");

    private static readonly Counter<long> Failures = MeterOf.AutoFlow.CreateCounter<long>("autoflow.messages.failed", "{reply}", "Replies given up.");

    private static readonly Histogram<double> Durations = MeterOf.Seconds(
        "autoflow.answer.duration", "From the arrival of a message to the sending of its answer.", 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600, 4 * 3_600, 86_400, 3 * 86_400);

    public static void Received() => All.Add(1);

    /// <param name="workflow">Null when it is not answered.</param>
    public static void Understood(UnderstoodMessage message, string? workflow) => Understandings.Add(
        1,
        new TagList
        {
            { "intent", message.Abstained || message.Intents.Count == 0 ? "none" : message.Intents[0].Label },
            { "language", Language(message.Language) },
            { "workflow", workflow ?? "none" },
        });

    /// <param name="arrivedAt">When the answered message was stored, UTC; null for what nobody asked for.</param>
    /// <param name="sentAt">UTC.</param>
    public static void Answered(OutboxEntry reply, DateTimeOffset? arrivedAt, DateTimeOffset sentAt)
    {
        Replies.Add(1, Tags(reply));
        if (arrivedAt is { } arrived) Durations.Record(Math.Max(0, (sentAt - arrived).TotalSeconds), Tags(reply));
    }

    public static void Held(OutboxEntry reply) => Holds.Add(1, Tags(reply));

    public static void Failed(OutboxEntry reply) => Failures.Add(1, Tags(reply));

    // The reply's language is one that there are texts in; a proactive reply is one that nobody asked for.
    private static TagList Tags(OutboxEntry reply) => new()
    {
        { "language", Language(reply.Language) },
        { "workflow", InstanceIds.WorkflowOf(reply.InstanceId) },
        { "proactive", reply.Proactive },
    };

    private static string Language(string language) => language.Length == 2 ? language : TelemetryNames.Other;
}
