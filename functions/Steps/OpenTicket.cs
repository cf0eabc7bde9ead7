using AutoFlow.Support;
using AutoFlow.Support.Tickets;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Opens a ticket for a person of the department that policy names.</summary>
public sealed class OpenTicket(TicketDesk desk, StepJournal journal)
{
    public sealed record With
    {
        public required TicketType Type { get; init; }

        /// <summary>What the customer wants; policy may route by it.</summary>
        public string? Intent { get; init; }

        /// <summary>
        /// Names the matter when a second ticket about it would be one too many (a trace of one parcel): the first ticket with
        /// that name is returned, whichever instance opened it. Null opens one for each call.
        /// </summary>
        public string? Once { get; init; }

        public TicketPriority Priority { get; init; } = TicketPriority.Normal;
        public required string Subject { get; init; }
        public required string Summary { get; init; }
        public string? Conversation { get; init; }
        public string? OrderNumber { get; init; }

        /// <summary>What is to be allowed; approvals only.</summary>
        public Money? Amount { get; init; }
    }

    [Function("openTicket")]
    public async Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct)
    {
        var ticket = await desk.OpenAsync(call.With.Once ?? call.Key, call.InstanceId, call.With, ct);
        await journal.DidAsync(call, $"{(ticket.InstanceId == call.InstanceId ? "opened" : "knows of")} {ticket.Number} ({ticket.Type}) for {ticket.Department}", ct);
        return StepOutcome.Of(ticket);
    }
}
