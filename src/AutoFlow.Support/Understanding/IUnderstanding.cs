using System.Text.Json.Serialization;
using AutoFlow.Support.Messages;

namespace AutoFlow.Support.Understanding;

/// <summary>Understands a message. The built-in model and a model in the cloud stand behind the same port.</summary>
public interface IUnderstanding
{
    Task<UnderstandingResult> UnderstandAsync(InboundMessage message, CancellationToken ct);
}

/// <summary>What came of understanding a message.</summary>
/// <param name="Message">What was understood. Good to act on, even where asking again may give a better one.</param>
/// <param name="Again">Set when a better model may answer after a wait; null when this is the last word.</param>
public sealed record UnderstandingResult(UnderstoodMessage Message, AskAgain? Again = null);

/// <summary>When to ask a model again that could not answer now.</summary>
/// <param name="After">How long to wait at least.</param>
/// <param name="Within">Counted from when the message was stored: it is put off no longer than this, then what was understood is acted on.</param>
public sealed record AskAgain(TimeSpan After, TimeSpan Within);

/// <summary>What a reply to one of our questions says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerKind>))]
public enum AnswerKind
{
    Yes,
    No,

    /// <summary>One of the offered choices; see <see cref="Answer.Choice"/>.</summary>
    Choice,

    /// <summary>A postal address; see <see cref="Answer.Address"/>.</summary>
    Address,

    /// <summary>None of these: a person reads it.</summary>
    Unclear,
}

/// <summary>A customer's answer to a question.</summary>
/// <param name="Choice">The offered choice that was picked, exactly as offered; null unless <see cref="AnswerKind.Choice"/>.</param>
/// <param name="Address">The address as written, lines joined by <c>, </c>; null when there is none.</param>
public sealed record Answer(AnswerKind Kind, string? Choice = null, string? Address = null);

/// <summary>Reads a reply to a question that a workflow asked.</summary>
public interface IAnswerReader
{
    /// <param name="visibleText">The reply without quotes and signature.</param>
    /// <param name="language">ISO 639-1.</param>
    /// <param name="choices">What was offered, for example order numbers; may be empty.</param>
    Answer Read(string visibleText, string language, IReadOnlyList<string> choices);
}
