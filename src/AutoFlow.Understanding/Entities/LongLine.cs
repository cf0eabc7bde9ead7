namespace AutoFlow.Understanding.Entities;

/// <summary>A line as long as a paragraph, as HTML mail has it, cut into pieces in which an address is looked for as in a line.</summary>
internal static class LongLine
{
    /// <summary>In signs. Pieces of a long sentence overlap by more than an address is long.</summary>
    private const int Longest = 300, Window = 280, Step = 140;

    /// <summary>In letters: a shorter word with a dot may be an abbreviation, "ul." or "Str.".</summary>
    private const int ShortestLastWord = 5;

    /// <summary>The line itself when it is short; else its sentences, and of a long sentence overlapping windows; in order.</summary>
    public static void AddPieces(string text, TextLine line, List<TextLine> pieces)
    {
        if (line.Length < Longest)
        {
            pieces.Add(line);
            return;
        }
        var start = line.Start;
        for (var i = start; i < line.End; i++)
        {
            if (!EndsSentence(text, i, line.End)) continue;
            AddWindows(text, new TextLine(start, i + 1).Trimmed(text), pieces);
            start = i + 1;
        }
        AddWindows(text, new TextLine(start, line.End).Trimmed(text), pieces);
    }

    private static void AddWindows(string text, TextLine sentence, List<TextLine> pieces)
    {
        var start = sentence.Start;
        for (; sentence.End - start >= Longest; start = WordStart(text, start, start + Step))
            pieces.Add(new TextLine(start, WordStart(text, start, start + Window)).Trimmed(text));
        if (new TextLine(start, sentence.End) is { Length: > 0 } rest) pieces.Add(rest);
    }

    // The last place behind a space that lies not far before this one; the place itself when there is none.
    private static int WordStart(string text, int start, int place)
    {
        for (var i = place; i > start + (Step / 2) && i > place - (Step / 2); i--)
            if (char.IsWhiteSpace(text[i - 1])) return i;
        return place;
    }

    private static bool EndsSentence(string text, int at, int end)
    {
        if (text[at] is '。' or '！' or '？') return true;
        if (text[at] is not ('.' or '!' or '?') || at + 2 >= end || !char.IsWhiteSpace(text[at + 1])) return false;
        if (text[at] != '.') return true;
        if (!char.IsUpper(text[at + 2])) return false;
        var letters = 0;
        while (letters < ShortestLastWord && at - 1 - letters >= 0 && char.IsLetterOrDigit(text[at - 1 - letters])) letters++;
        return letters == ShortestLastWord && !text.AsSpan(0, at).EndsWith("str", StringComparison.OrdinalIgnoreCase);
    }
}
