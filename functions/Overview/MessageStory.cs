using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Overview;

/// <summary>One message with all that came of it; a row of the table.</summary>
public sealed record MessageStory
{
    public required string Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required InboxState State { get; init; }
    public required string From { get; init; }
    public string? Subject { get; init; }

    /// <summary>The channel's own id of the message.</summary>
    public required string MessageId { get; init; }

    public string? ConversationId { get; init; }

    /// <summary>Null until understood.</summary>
    public string? Language { get; init; }

    /// <summary>The best intent; null until understood and for automatic mail.</summary>
    public string? Intent { get; init; }

    public double? Probability { get; init; }

    /// <summary>True when no intent was sure enough to act on.</summary>
    public bool Abstained { get; init; }

    /// <summary>-1 (furious) to 1 (delighted); null until understood.</summary>
    public double? Sentiment { get; init; }

    /// <summary>Null until understood.</summary>
    public Urgency? Urgency { get; init; }

    /// <summary>What makes it urgent; empty when nothing does.</summary>
    public IReadOnlyList<string> UrgencyReasons { get; init; } = [];
    /// <summary>Why a person looks at what is answered to it; null when nothing speaks for that.</summary>
    public string? ReviewReason { get; init; }

    public string? Workflow { get; init; }
    public string? InstanceId { get; init; }

    /// <summary>True when it answered a question of ours, or was read together with another message, so that its story is that of the instance.</summary>
    public bool AsEvent { get; init; }

    /// <summary>Why it went where it went.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<string> LookedUp { get; init; } = [];
    public IReadOnlyList<string> Did { get; init; } = [];
    public IReadOnlyList<ReplyStory> Replies { get; init; } = [];
    public IReadOnlyList<string> Tickets { get; init; } = [];

    /// <summary>What is still awaited, a line each; empty when all is done.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>False while its workflow has work to do now (not merely waiting).</summary>
    public required bool Settled { get; init; }
}

/// <summary>A reply as the table shows it.</summary>
/// <param name="InReplyTo">The channel's id of the message answered.</param>
/// <param name="Paragraphs">The names of the paragraphs said, in order.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record ReplyStory(
    string Key, OutboxState State, bool Proactive, string Subject, string Text, string? HeldBecause, string? InReplyTo,
    IReadOnlyList<string> Paragraphs, DateTimeOffset CreatedAt)
{
    /// <summary>An entry of the outbox as a reply of the story.</summary>
    public static ReplyStory Of(OutboxEntry entry) => new(
        entry.Key, entry.State, entry.Proactive, entry.Subject, entry.Text, entry.HeldBecause, entry.InReplyTo,
        entry.Paragraphs.Split(' ', StringSplitOptions.RemoveEmptyEntries), entry.CreatedAt);
}
