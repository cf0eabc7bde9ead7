using System.Text.Json;
using System.Text.Json.Serialization;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Tickets;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>A workflow that ended with an error which it did not catch.</summary>
/// <param name="Task">JSON pointer of the task that failed; null when unknown.</param>
public sealed record FaultReport(string InstanceId, WorkflowStart Start, string Title, string Detail, string? Task)
{
    /// <summary>Whose message it is about, for logs and telemetry; null where nobody says.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CallSubject? About { get; init; }
}

/// <summary>Nobody waits for an answer from a workflow that failed: a person gets it, and the customer is told so.</summary>
public sealed class ReportFault(TicketDesk tickets, ReplyDesk replies)
{
    /// <summary>The paragraph that says that a person takes over.</summary>
    private const string HandOverParagraph = "hand-over";

    [Function(nameof(ReportFault))]
    public async Task Run([ActivityTrigger] FaultReport report, CancellationToken ct)
    {
        OrchestrationMetrics.Failed(report.Start.Workflow);
        var key = $"{report.InstanceId}{report.Start.Run}:fault";
        var ticket = await tickets.OpenAsync(
            $"{key}-ticket",
            report.InstanceId,
            new OpenTicket.With
            {
                Type = TicketType.Fault,
                Priority = TicketPriority.High,
                Subject = $"{report.Start.Workflow} failed: {report.Title}",
                Summary = $"{report.Detail} (task {report.Task ?? "unknown"}, instance {report.InstanceId})",
                // A watch or an approval has no hold on the conversation, but the person needs it.
                Conversation = report.Start.ConversationId ?? Said(report.Start.Input, "conversation"),
            },
            ct);
        if (report.Start.ConversationId is not { } conversation) return;

        await replies.WriteAsync(
            $"{key}-reply",
            report.InstanceId,
            new SendReply.With
            {
                Conversation = conversation,
                Language = Said(report.Start.Input, "language") ?? "en",
                Paragraphs = [Paragraph.Of(HandOverParagraph, ("date", ReplyValue.Of(ticket.DueAt)))],
            },
            ct);
    }

    private static string? Said(JsonElement input, string name) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
