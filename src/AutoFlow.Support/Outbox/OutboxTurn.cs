namespace AutoFlow.Support.Outbox;

/// <summary>What came of asking for the turn to send an entry.</summary>
public abstract record OutboxTurn
{
    /// <summary>It is ours; the entry as it stands now.</summary>
    public sealed record Ours(OutboxEntry Entry) : OutboxTurn;

    /// <summary>Somebody else is sending it, until then (UTC) at the latest.</summary>
    public sealed record Taken(DateTimeOffset Until) : OutboxTurn;

    /// <summary>It was given up just now, because whoever had its turn was never heard of again too often; the entry says so.</summary>
    public sealed record GivenUp(OutboxEntry Entry) : OutboxTurn;

    /// <summary>There is nothing to send: unknown, held, sent or given up.</summary>
    public sealed record Over : OutboxTurn;
}
