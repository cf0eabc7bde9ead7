using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Entities;

/// <summary>The words before and after a number in its sentence.</summary>
internal sealed class NumberContext
{
    private const int Reach = 70;

    private NumberContext(IReadOnlyList<string> before, IReadOnlyList<string> after) => (Before, After) = (before, after);

    /// <summary>Folded, nearest first.</summary>
    public IReadOnlyList<string> Before { get; }

    /// <summary>Folded, nearest first.</summary>
    public IReadOnlyList<string> After { get; }

    /// <summary>The context of <paramref name="text"/> between <paramref name="start"/> and <paramref name="end"/>.</summary>
    public static NumberContext Of(string text, int start, int end)
    {
        var from = start;
        while (from > 0 && start - from < Reach && !EndsSentence(text, from - 1)) from--;
        var to = end;
        while (to < text.Length && to - end < Reach / 2 && !EndsSentence(text, to)) to++;
        string[] before = [.. FoldedText.Words(FoldedText.Fold(text[from..start])).Reverse()];
        string[] after = [.. FoldedText.Words(FoldedText.Fold(text[end..to]))];
        return new NumberContext(before, after);
    }

    /// <summary>The nearest word before that names a number, and whether only glue stands between.</summary>
    public (NumberWord Kind, bool Direct, int Distance) NamedBefore() => Named(Before);

    /// <summary>The nearest word after that names a number.</summary>
    public (NumberWord Kind, bool Direct, int Distance) NamedAfter() => Named(After);

    private static (NumberWord Kind, bool Direct, int Distance) Named(IReadOnlyList<string> words)
    {
        var direct = true;
        for (var i = 0; i < words.Count; i++)
        {
            var kind = NumberWords.Of(words[i]);
            if (NumberWords.Names(kind)) return (kind, direct, i + 1);
            // Another number between: it may carry the name on ("orders 1001 and 1002").
            if (kind != NumberWord.Connector && !IsNumber(words[i])) direct = false;
        }
        return (NumberWord.None, false, 0);
    }

    public static bool IsNumber(string word) => word.Any(char.IsAsciiDigit);

    private static bool EndsSentence(string text, int at) =>
        text[at] is '\n' && at + 1 < text.Length && text[at + 1] == '\n'
        || (text[at] is '.' or '!' or '?' && at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]) && !IsAbbreviation(text, at));

    // "Nr. 1234", "no. 1234": the dot belongs to a short word, and a digit follows.
    private static bool IsAbbreviation(string text, int at)
    {
        var next = at + 1;
        while (next < text.Length && text[next] is ' ' or '\u00a0' or '#') next++;
        var letters = 0;
        while (letters < at && letters < 6 && char.IsLetter(text[at - 1 - letters])) letters++;
        return text[at] == '.' && next < text.Length && char.IsDigit(text[next]) && letters is > 0 and <= 5;
    }
}
