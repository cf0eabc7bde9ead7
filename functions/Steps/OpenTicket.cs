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
        var ticket = await desk.OpenAsync(call.Key, call.InstanceId, call.With, ct);
        await journal.DidAsync(call, $"opened {ticket.Number} ({ticket.Type}) for {ticket.Department}", ct);
        return StepOutcome.Of(ticket);
    }
}
