using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Support.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>A person's decision on an approval. Stored first; the workflow that waits is told, or reads it when it starts.</summary>
public sealed class DecideTicket(ITickets tickets)
{
    /// <summary>The body of a decision.</summary>
    public sealed record Decision(bool? Approved, string? By, string? Note);

    [Function(nameof(DecideTicket))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tickets/{number}/decision")] HttpRequest request,
        string number, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        var (decision, problem) = await JsonBody.ReadAsync<Decision>(request, ct);
        if (decision is null) return problem!;
        if (decision.Approved is not { } approved || string.IsNullOrWhiteSpace(decision.By))
            return Problems.Of(StatusCodes.Status400BadRequest, "The decision is incomplete", "Send {\"approved\": true or false, \"by\": \"who decides\", \"note\": \"optional\"}.");

        if (await tickets.FindAsync(number, ct) is not { } ticket) return Problems.NotFound($"ticket {number}");
        if (ticket.Type != TicketType.Approval) return Problems.Conflict($"Ticket {number} asks for no approval, so there is nothing to decide.");

        var decided = await tickets.DecideAsync(number, approved, decision.By, decision.Note, ct);
        // Told again even when it was decided before: the process may have died between the two.
        await TellAsync(decided!, durable, ct);
        return decided!.State == (approved ? TicketState.Approved : TicketState.Refused)
            ? new OkObjectResult(decided)
            : Problems.Conflict($"Ticket {number} is {decided.State} already.");
    }

    private static async Task TellAsync(Ticket ticket, DurableTaskClient durable, CancellationToken ct)
    {
        var told = CloudEvent.Of($"{ticket.Number}-decided", CloudEvent.TicketDecided, $"/tickets/{ticket.Number}", ticket.DecidedAt ?? ticket.OpenedAt, ticket);
        await durable.RaiseIfLiveAsync(InstanceIds.ForApproval(ticket.Number), CloudEvent.TicketDecided, told, ct);
    }
}
