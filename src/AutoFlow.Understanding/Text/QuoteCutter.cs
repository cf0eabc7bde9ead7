namespace AutoFlow.Understanding.Text;

/// <summary>Takes the old messages out of a reply. Forwarded mail stays: it is what the customer wants us to read.</summary>
internal static class QuoteCutter
{
    /// <summary>The lines that were written now; all lines when nothing else would remain.</summary>
    /// <param name="isForward">The subject says that the mail was forwarded: header blocks and markers introduce its content.</param>
    public static List<string> Cut(List<string> lines, bool isForward)
    {
        var kept = new List<string>(lines.Count);
        for (var i = 0; i < lines.Count;)
        {
            var line = lines[i];
            if (QuoteHeaders.IsForwardMarker(line) || (isForward && (QuoteHeaders.IsHeaderBlock(lines, i) || QuoteHeaders.IsOriginalMarker(line))))
            {
                kept.AddRange(lines[i..]);
                return kept;
            }
            var attribution = QuoteHeaders.AttributionLines(lines, i);
            if (attribution > 0)
            {
                var quote = i + attribution;
                i = SkipQuote(lines, quote);
                // Nothing above, or an answer below the quoted lines: the rest is new.
                if (HasWords(kept) && !AnswersBelow(lines, quote, i)) break;
                continue;
            }
            if (QuoteHeaders.IsOriginalMarker(line) && HasWords(kept)) break;
            if (QuoteHeaders.IsHeaderBlock(lines, i) && HasWords(kept))
            {
                DropRule(kept);
                break;
            }
            if (!IsQuoted(line)) kept.Add(line);
            i++;
        }
        return HasWords(kept) ? kept : lines;
    }

    // After an attribution: the marked lines and the blank lines between them. A program that marks with bars is marked all the same.
    private static int SkipQuote(List<string> lines, int from)
    {
        var i = from;
        while (i < lines.Count && (lines[i].Length == 0 || IsQuoted(lines[i]) || lines[i][0] == '|')) i++;
        return i;
    }

    // An answer below stands after marked lines; what follows an attribution unmarked is the old mail itself.
    private static bool AnswersBelow(List<string> lines, int quote, int at)
    {
        if (at >= lines.Count) return false;
        for (var i = at - 1; i >= quote; i--)
            if (lines[i].Length > 0) return IsQuoted(lines[i]);
        return false;
    }

    private static bool IsQuoted(string line) => line.AsSpan().TrimStart() is ['>', ..];

    private static bool HasWords(List<string> lines) => lines.Exists(l => l.Any(char.IsLetterOrDigit));

    private static void DropRule(List<string> lines)
    {
        while (lines.Count > 0 && lines[^1].All(c => c is '_' or '-' or '=' or ' ')) lines.RemoveAt(lines.Count - 1);
    }
}
