using AutoFlow.Support;
using AutoFlow.Support.Tickets;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Reads a ticket as it stands now.</summary>
public sealed class ReadTicket(ITickets tickets)
{
    public sealed record With
    {
        public required string Number { get; init; }
    }

    [Function("readTicket")]
    public async Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct) =>
        await tickets.FindAsync(call.With.Number, ct) is { } ticket
            ? StepOutcome.Of(ticket)
            : StepOutcome.Failed(new Failure("ticket-not-found", $"There is no ticket {call.With.Number}."));
}
