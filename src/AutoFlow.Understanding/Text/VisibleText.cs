using AutoFlow.Support.Messages;

namespace AutoFlow.Understanding.Text;

/// <summary>What the person wrote now: HTML made text, quotes and signature cut. A pure function of the message.</summary>
public static class VisibleText
{
    /// <summary>How much of a body is looked at, in characters: more than any person writes, little enough to stay fast.</summary>
    public const int LongestBody = 200_000;

    /// <summary>How much text is kept for understanding, in characters.</summary>
    public const int Longest = 20_000;

    /// <summary>The visible text of a message; empty when there is none.</summary>
    public static string Of(InboundMessage message)
    {
        var isHtml = string.IsNullOrWhiteSpace(message.Text) && message.Html is { Length: > 0 };
        var isForward = QuoteHeaders.IsForwardSubject(message.Subject);
        var visible = Of(isHtml ? HtmlText.Of(message.Html!) : message.Text, isForward);
        return message.Unique is { Length: > 0 } unique && !isForward ? Shorter(visible, Of(isHtml ? HtmlText.Of(unique) : unique)) : visible;
    }

    // The channel compares with earlier mails, so it knows old text that no cutter knows, in any language. It also leaves out what a
    // customer forwards or says again: it is followed only where it says that the old text stands below.
    private static string Shorter(string visible, string unique) =>
        unique.Any(char.IsLetterOrDigit) && visible.Length > unique.Length && visible.StartsWith(unique, StringComparison.Ordinal)
            && !visible[unique.Length..].Split('\n').Any(QuoteHeaders.IsForwardMarker)
            ? unique
            : visible;

    /// <summary>The visible part of a plain text body.</summary>
    /// <param name="isForward">The mail forwards another one: what follows its header block stays.</param>
    public static string Of(string text, bool isForward = false)
    {
        var lines = PlainLines.Of(text.Length > LongestBody ? text[..LongestBody] : text);
        var visible = SignatureCutter.Cut(QuoteCutter.Cut(lines, isForward));
        return Shorten(string.Join('\n', Squeeze(visible)));
    }

    // More than one blank line in a row says nothing.
    private static IEnumerable<string> Squeeze(List<string> lines)
    {
        var from = lines.FindIndex(l => l.Length > 0);
        var to = lines.FindLastIndex(l => l.Length > 0);
        for (var i = Math.Max(from, 0); i <= to; i++)
            if (lines[i].Length > 0 || lines[i - 1].Length > 0) yield return lines[i];
    }

    private static string Shorten(string text) =>
        text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
}
