using System.Text.RegularExpressions;

namespace AutoFlow.Understanding.Text;

/// <summary>Cuts a text into sentences and into clauses that ask for something more ("… and also …").</summary>
public static class Sentences
{
    /// <summary>At most this many are returned: a long story repeats itself.</summary>
    public const int Most = 60;

    private static readonly Regex Also = new(
        @"\b(and|und|et|y|e|en|oraz|i) (also|außerdem|ausserdem|zudem|noch|aussi|en plus|también|ademas|además|anche|inoltre|ook|tevens|także|też|jeszcze)\b|;",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Sentences in order, trimmed, none empty.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var found = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length && found.Count < Most; i++)
        {
            if (!Ends(text, i)) continue;
            AddClauses(text[start..(i + 1)], found);
            start = i + 1;
        }
        if (found.Count < Most) AddClauses(text[start..], found);
        return found;
    }

    private static bool Ends(string text, int i)
    {
        var c = text[i];
        if (c is '。' or '！' or '？') return true;
        if (c == '\n') return BreaksAt(text, i);
        if (c is not ('.' or '!' or '?' or '…')) return false;
        var next = i + 1;
        if (next < text.Length && !char.IsWhiteSpace(text[next])) return false;
        while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
        // "Nr. 1234", "z. B. der": an abbreviation, not an end.
        return c != '.' || next >= text.Length || !(char.IsDigit(text[next]) || char.IsLower(text[next]));
    }

    // A line break inside a wrapped sentence goes on in lower case; a blank line, or a new start in upper case, ends it.
    private static bool BreaksAt(string text, int i) =>
        i + 1 >= text.Length || text[i + 1] == '\n' || char.IsUpper(text[i + 1]) || text[i + 1] is '-' or '*' or '•' or '>';

    private static void AddClauses(string sentence, List<string> found)
    {
        var from = 0;
        foreach (Match also in Also.Matches(sentence))
        {
            Add(sentence[from..also.Index], found);
            from = also.Index;
        }
        Add(sentence[from..], found);
    }

    private static void Add(string piece, List<string> found)
    {
        var trimmed = piece.Trim(' ', '\n', '\t', ';', ',', '-', '*', '•');
        if (trimmed.Any(char.IsLetterOrDigit) && found.Count < Most) found.Add(trimmed);
    }
}
