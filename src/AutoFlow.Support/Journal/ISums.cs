namespace AutoFlow.Support.Journal;

/// <summary>What has happened so far, in numbers; no personal data.</summary>
public sealed record Sums
{
    /// <summary>Messages stored.</summary>
    public required int Messages { get; init; }

    /// <summary>Messages with a reply that was sent (follow-ups of ours not counted).</summary>
    public required int Answered { get; init; }

    /// <summary>Automatic mails, lists and spam: kept, never answered.</summary>
    public required int Ignored { get; init; }

    /// <summary>Replies and follow-ups sent.</summary>
    public required int Sent { get; init; }

    /// <summary>Of <see cref="Sent"/>, those that nobody asked for: follow-ups.</summary>
    public required int Proactive { get; init; }

    /// <summary>Replies that wait for a person.</summary>
    public required int Held { get; init; }

    /// <summary>Replies given up or discarded.</summary>
    public required int Failed { get; init; }

    /// <summary>Open tickets by department, in the order of the alphabet.</summary>
    public required IReadOnlyDictionary<string, int> OpenTickets { get; init; }

    /// <summary>Settled refunds, one sum for each currency.</summary>
    public required IReadOnlyList<Money> Refunded { get; init; }

    /// <summary>Orders sent again.</summary>
    public required int Reshipped { get; init; }
}

/// <summary>Reads the sums.</summary>
public interface ISums
{
    Task<Sums> ReadAsync(CancellationToken ct);
}
