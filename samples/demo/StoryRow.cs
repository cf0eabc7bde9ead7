namespace AutoFlow.Demo;

/// <summary>What <c>GET /api/inbox</c> tells of a message, as far as the demo shows it.</summary>
public sealed record StoryRow
{
    public required string Id { get; init; }
    public required string MessageId { get; init; }
    public required string State { get; init; }
    public required string From { get; init; }
    public string? Subject { get; init; }
    public string? Language { get; init; }
    public string? Intent { get; init; }
    public double? Probability { get; init; }
    public bool Abstained { get; init; }
    public string? Workflow { get; init; }
    public string? InstanceId { get; init; }
    public bool AsEvent { get; init; }
    public string? Reason { get; init; }
    public IReadOnlyList<string> LookedUp { get; init; } = [];
    public IReadOnlyList<string> Did { get; init; } = [];
    public IReadOnlyList<ReplyRow> Replies { get; init; } = [];
    public IReadOnlyList<string> Tickets { get; init; } = [];
    public IReadOnlyList<string> WaitsFor { get; init; } = [];
    public bool Settled { get; init; }
}

/// <summary>A reply in a story.</summary>
public sealed record ReplyRow(string Key, string State, bool Proactive, string Subject, string Text, string? HeldBecause);

/// <summary>What <c>GET /api/sums</c> tells.</summary>
public sealed record SumsRow
{
    public int Messages { get; init; }
    public int Answered { get; init; }
    public int Ignored { get; init; }
    public int Sent { get; init; }
    public int Proactive { get; init; }
    public int Held { get; init; }
    public int Failed { get; init; }
    public IReadOnlyDictionary<string, int> OpenTickets { get; init; } = new Dictionary<string, int>();
    public IReadOnlyList<AmountRow> Refunded { get; init; } = [];
    public int Reshipped { get; init; }
}

/// <summary>An amount in the sums.</summary>
public sealed record AmountRow(decimal Amount, string Currency);
