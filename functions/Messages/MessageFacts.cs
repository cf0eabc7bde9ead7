using System.Text.Json;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Messages;

/// <summary>What a workflow gets of a message: its input when the message starts it, the data of the event when it waited.</summary>
public sealed record MessageFacts
{
    /// <summary>Longest text handed to a workflow; the whole stays in the inbox.</summary>
    private const int LongestText = 8_000;

    /// <summary>A mail's line has 998 characters at most (RFC 5322, section 2.1.1).</summary>
    private const int LongestSubject = 998;

    public required string InboxId { get; init; }
    public required string Conversation { get; init; }
    public required string Channel { get; init; }

    /// <summary>The customer's address.</summary>
    public required string Customer { get; init; }

    public string? CustomerName { get; init; }
    public string? Subject { get; init; }

    /// <summary>What the person wrote, without quotes and signature, cut after 8,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public int AttachmentCount { get; init; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>The intent to act on; null when none was sure enough.</summary>
    public string? Intent { get; init; }

    /// <summary>Of the best intent, sure enough or not.</summary>
    public double Probability { get; init; }

    public bool Abstained { get; init; }
    public double Sentiment { get; init; }
    public Urgency Urgency { get; init; } = Urgency.Normal;
    public required IReadOnlyList<string> OrderNumbers { get; init; }
    public required IReadOnlyList<string> TrackingNumbers { get; init; }

    /// <summary>Other intents that the message asks for too.</summary>
    public IReadOnlyList<string> AlsoAsked { get; init; } = [];

    /// <summary>The facts of a row that has been understood and joined.</summary>
    public static MessageFacts Of(InboxEntry entry, IReadOnlyList<string> alsoAsked)
    {
        var understood = entry.Understood ?? throw new InvalidOperationException($"Message {entry.Id} has not been understood yet.");
        var best = understood.Intents.Count > 0 ? understood.Intents[0] : null;
        return new MessageFacts
        {
            InboxId = entry.Id,
            Conversation = entry.ConversationId ?? throw new InvalidOperationException($"Message {entry.Id} has no conversation yet."),
            Channel = entry.Message.Channel,
            Customer = entry.Message.From,
            CustomerName = entry.Message.FromName,
            Subject = entry.Message.Subject is { Length: > LongestSubject } subject ? subject[..LongestSubject] : entry.Message.Subject,
            Text = understood.VisibleText.Length <= LongestText ? understood.VisibleText : understood.VisibleText[..LongestText],
            ReceivedAt = entry.Message.ReceivedAt,
            AttachmentCount = entry.Message.AttachmentCount + understood.FurtherAttachments,
            Language = understood.Language,
            Intent = understood.Abstained ? null : best?.Label,
            Probability = best?.Probability ?? 0,
            Abstained = understood.Abstained,
            Sentiment = understood.Sentiment,
            Urgency = understood.Urgency,
            OrderNumbers = understood.Entities.OrderNumbers,
            TrackingNumbers = [.. understood.Entities.TrackingNumbers.Select(mention => mention.Number)],
            AlsoAsked = alsoAsked,
        };
    }

    /// <summary>The CloudEvent for an instance that waits; its id is the inbox id, so that a second one is known.</summary>
    public static JsonElement AsEvent(InboxEntry entry) =>
        CloudEvent.Of(entry.Id, MessageEnvelope.Type, $"/conversations/{entry.ConversationId}", entry.Message.ReceivedAt, Of(entry, []));
}
