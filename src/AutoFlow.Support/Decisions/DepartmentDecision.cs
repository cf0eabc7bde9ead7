using AutoFlow.Support.Policies;
using AutoFlow.Support.Tickets;

namespace AutoFlow.Support.Decisions;

/// <summary>Which department gets a ticket, and until when it is due.</summary>
/// <param name="Department">The department's key.</param>
/// <param name="Name">For people.</param>
/// <param name="DueAt">UTC.</param>
public sealed record DepartmentDecision(string Department, string Name, DateTimeOffset DueAt)
{
    /// <param name="intent">The intent's label; null when none is sure. It decides hand-overs only.</param>
    /// <param name="now">UTC.</param>
    public static DepartmentDecision Decide(TicketType type, string? intent, DepartmentsPolicy policy, DateTimeOffset now)
    {
        var key = type == TicketType.HandOver && intent is not null && policy.ByIntent.TryGetValue(intent, out var byIntent) ? byIntent
            : policy.ByTicketType.GetValueOrDefault(type, policy.Fallback);
        var department = policy.Departments[key];
        return new(key, department.Name, now + department.AnswerWithin);
    }
}
