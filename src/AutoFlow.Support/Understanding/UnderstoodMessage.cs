using System.Text.Json.Serialization;

namespace AutoFlow.Support.Understanding;

/// <summary>Who or what wrote a message: only a person is answered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageKind>))]
public enum MessageKind
{
    Person,

    /// <summary>An automatic answer such as an out-of-office note (RFC 3834).</summary>
    AutoReply,

    /// <summary>A delivery status notification (RFC 3464).</summary>
    Bounce,

    /// <summary>A newsletter or mailing list (RFC 2919, RFC 2369).</summary>
    MailingList,

    /// <summary>Advertising or spam.</summary>
    Spam,

    /// <summary>Sent by AutoFlow itself.</summary>
    OwnMail,
}

/// <summary>An intent of the taxonomy with its calibrated probability, 0 to 1.</summary>
public sealed record ScoredIntent(string Label, double Probability);

/// <summary>What was understood of a message. Data only: nothing in it is ever run or evaluated.</summary>
public sealed record UnderstoodMessage
{
    public required MessageKind Kind { get; init; }

    /// <summary>The evidence for a kind other than <see cref="MessageKind.Person"/> (a header's name, a phrase's id); null for a person.</summary>
    public string? KindReason { get; init; }

    /// <summary>ISO 639-1, lower case; <c>en</c> when nothing could be told.</summary>
    public required string Language { get; init; }

    public double LanguageProbability { get; init; }

    /// <summary>The text that the person wrote now: quotes and signature cut, HTML made text.</summary>
    public required string VisibleText { get; init; }

    /// <summary>Best first; the first is the one to act on unless <see cref="Abstained"/>. Later ones are listed only when the message really asks for them too.</summary>
    public required IReadOnlyList<ScoredIntent> Intents { get; init; }

    /// <summary>True when no intent is sure enough to act on: a person decides.</summary>
    public bool Abstained { get; init; }

    public required MessageEntities Entities { get; init; }

    /// <summary>-1 (furious) to 1 (delighted).</summary>
    public double Sentiment { get; init; }

    /// <summary>Files that came with other messages of the burst that this one was understood together with.</summary>
    public int FurtherAttachments { get; init; }

    /// <summary>Which model said so, for audit and training.</summary>
    public required string ModelVersion { get; init; }
}

/// <summary>A tracking number found in a text, with every carrier whose format and check digit it fits.</summary>
public sealed record TrackingNumberMention(string Number, IReadOnlyList<string> Carriers);

/// <summary>What a message names.</summary>
public sealed record MessageEntities
{
    public static readonly MessageEntities None = new();

    /// <summary>As the shop writes them (without <c>#</c>), in order of appearance, each once.</summary>
    public IReadOnlyList<string> OrderNumbers { get; init; } = [];

    public IReadOnlyList<TrackingNumberMention> TrackingNumbers { get; init; } = [];

    public IReadOnlyList<string> EmailAddresses { get; init; } = [];
}
