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
        var text = string.IsNullOrWhiteSpace(message.Text) && message.Html is { Length: > 0 } html ? HtmlText.Of(html) : message.Text;
        return Of(text, QuoteHeaders.IsForwardSubject(message.Subject));
    }

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
