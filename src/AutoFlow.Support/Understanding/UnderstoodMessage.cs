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

    /// <summary>What the message most likely means if not the first intent, for a person to choose; null when there is nothing else.</summary>
    public ScoredIntent? Alternative { get; init; }

    /// <summary>The probability from which on the model acts; 1 where it is not known.</summary>
    public double ActFrom { get; init; } = 1;

    /// <summary>True when no intent is sure enough to act on: a person decides.</summary>
    public bool Abstained { get; init; }

    public required MessageEntities Entities { get; init; }

    /// <summary>-1 (furious) to 1 (delighted).</summary>
    public double Sentiment { get; init; }

    public Urgency Urgency { get; init; } = Urgency.Normal;

    /// <summary>What makes it urgent: <c>safety</c>, <c>threat</c>, <c>pressure</c>, <c>deadline</c>, <c>event</c>, <c>repeated</c>, <c>anger</c>; or <c>calm</c>. Empty when nothing does.</summary>
    public IReadOnlyList<string> UrgencyReasons { get; init; } = [];

    /// <summary>Files that came with other messages of the burst that this one was understood together with.</summary>
    public int FurtherAttachments { get; init; }

    /// <summary>Which model said so, for audit and training.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Why a person looks at what is answered to this message, in a few words without personal data; null when nothing speaks for that.</summary>
    public string? ReviewReason { get; init; }
}

/// <summary>Where something stands in a message, in characters (UTF-16) of <see cref="UnderstoodMessage.VisibleText"/>, or of the subject.</summary>
public sealed record EntitySpan(int Start, int Length, bool InSubject = false);

/// <summary>A tracking number found in a text, with every carrier whose format and check digit it fits.</summary>
/// <param name="Number">Upper case, without spaces.</param>
/// <param name="Carriers">Short lower-case codes, <c>dhl</c>, <c>ups</c>, <c>la-poste</c>; the surest format first.</param>
/// <param name="Span">Null in messages that were understood before spans were kept.</param>
public sealed record TrackingNumberMention(string Number, IReadOnlyList<string> Carriers, EntitySpan? Span = null);

/// <summary>An article's number or code.</summary>
/// <param name="Code">Upper case, as written.</param>
public sealed record ProductMention(EntitySpan Span, string Code);

/// <summary>A day.</summary>
/// <param name="Date">A day without a year is the latest that lies at most 90 days after the message. Null when the text does not decide, as 03/04/2025 in English.</param>
public sealed record DateMention(EntitySpan Span, DateOnly? Date);

/// <summary>A sum of money.</summary>
/// <param name="Currency">ISO 4217. A bare <c>$</c> is USD; <c>¥</c> and <c>kr</c> go by the text's language.</param>
public sealed record AmountMention(EntitySpan Span, decimal Amount, string Currency);

/// <summary>A postal address.</summary>
/// <param name="Address">As written, lines joined by <c>, </c>.</param>
public sealed record AddressMention(EntitySpan Span, string Address);

/// <summary>What a message names.</summary>
public sealed record MessageEntities
{
    public static readonly MessageEntities None = new();

    /// <summary>As the shop writes them (without <c>#</c>), in order of appearance, each once.</summary>
    public IReadOnlyList<string> OrderNumbers { get; init; } = [];

    /// <summary>Each once, the subject's first.</summary>
    public IReadOnlyList<TrackingNumberMention> TrackingNumbers { get; init; } = [];

    /// <summary>Lower case, each once.</summary>
    public IReadOnlyList<string> EmailAddresses { get; init; } = [];

    /// <summary>Each code once, the subject's first.</summary>
    public IReadOnlyList<ProductMention> Products { get; init; } = [];

    /// <summary>Of the subject, then of the text, in order of appearance; so are the following.</summary>
    public IReadOnlyList<DateMention> Dates { get; init; } = [];

    public IReadOnlyList<AmountMention> Amounts { get; init; } = [];

    /// <summary>Of the text only.</summary>
    public IReadOnlyList<AddressMention> Addresses { get; init; } = [];
}
