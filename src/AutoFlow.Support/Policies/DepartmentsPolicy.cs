using AutoFlow.Support.Tickets;
using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>A department and its promise.</summary>
/// <param name="Key">The word used in tickets and routing.</param>
/// <param name="Name">For people.</param>
/// <param name="AnswerWithin">How soon it answers, in clock time.</param>
public sealed record Department(string Key, string Name, TimeSpan AnswerWithin);

/// <summary>Who gets which ticket (departments.yaml).</summary>
public sealed record DepartmentsPolicy
{
    public required IReadOnlyDictionary<string, Department> Departments { get; init; }

    /// <summary>The department of each type of ticket.</summary>
    public required IReadOnlyDictionary<TicketType, string> ByTicketType { get; init; }

    /// <summary>The department that takes a hand-over, by the intent's label.</summary>
    public required IReadOnlyDictionary<string, string> ByIntent { get; init; }

    /// <summary>Takes what nothing else says.</summary>
    public required string Fallback { get; init; }

    internal static DepartmentsPolicy Read(YamlMap map)
    {
        var departments = new Dictionary<string, Department>(StringComparer.Ordinal);
        if (map.Map("departments") is { } list)
        {
            foreach (var key in list.Keys)
            {
                if (list.Map(key) is { } one) departments[key] = new Department(key, one.Text("name"), one.Duration("answerWithin"));
            }
        }

        var names = departments.Keys.ToDictionary(key => key, key => key);
        var byType = new Dictionary<TicketType, string>();
        if (map.Map("ticketTypes") is { } types)
        {
            foreach (var (word, type) in TicketTypes) byType[type] = types.Word(word, names) ?? "";
        }

        var byIntent = new Dictionary<string, string>(StringComparer.Ordinal);
        if (map.Map("intents") is { } intents)
        {
            foreach (var intent in intents.Keys) byIntent[intent] = intents.Word(intent, names) ?? "";
        }

        return new DepartmentsPolicy
        {
            Departments = departments,
            ByTicketType = byType,
            ByIntent = byIntent,
            Fallback = map.Word("fallback", names) ?? "",
        };
    }

    private static readonly Dictionary<string, TicketType> TicketTypes = new()
    {
        ["handOver"] = TicketType.HandOver,
        ["approval"] = TicketType.Approval,
        ["trace"] = TicketType.Trace,
        ["claim"] = TicketType.Claim,
        ["fault"] = TicketType.Fault,
    };
}
