using AutoFlow.Support.Decisions;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Tickets;

namespace AutoFlow.Functions.Steps;

/// <summary>Opens tickets at the department that policy names, due by that department's promise; once per key.</summary>
public sealed class TicketDesk(ITickets tickets, PolicyBook policies, TimeProvider time)
{
    public Task<Ticket> OpenAsync(string key, string instanceId, OpenTicket.With with, CancellationToken ct)
    {
        var department = DepartmentDecision.Decide(with.Type, with.Intent, policies.Departments, time.GetUtcNow());
        return tickets.OpenAsync(
            new NewTicket
            {
                Type = with.Type,
                Priority = with.Priority,
                Department = department.Department,
                Subject = with.Subject,
                Summary = with.Summary,
                ConversationId = with.Conversation,
                InstanceId = instanceId,
                OrderNumber = with.OrderNumber,
                Amount = with.Amount,
                DueAt = department.DueAt,
            },
            key,
            ct);
    }
}
