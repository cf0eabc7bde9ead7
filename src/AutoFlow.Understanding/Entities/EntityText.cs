using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Entities;

/// <summary>A word of a text, or a run of digits.</summary>
/// <param name="Start">Where it starts in the text.</param>
/// <param name="End">Behind its last sign.</param>
/// <param name="Sentence">Words of one sentence have the same number.</param>
/// <param name="Kind">What it says about a number near it.</param>
/// <param name="Date">What it says about a date; null when nothing.</param>
/// <param name="Digits">How many of its signs are digits.</param>
/// <param name="IsAscii">All signs are plain letters and digits.</param>
/// <param name="IsCapitals">No sign is a small letter.</param>
internal readonly record struct Word(int Start, int End, int Sentence, NumberWord Kind, DateWord? Date, int Digits, bool IsAscii, bool IsCapitals)
{
    public int Length => End - Start;
    public bool HasDigit => Digits > 0;

    /// <summary>A run of the digits 0 to 9 and nothing else.</summary>
    public bool IsNumber => Digits == Length;
}

/// <summary>A text as entities are read from it: full-width signs and odd spaces and dashes made plain, place by place, and cut into words once for all readers.</summary>
internal sealed class EntityText
{
    /// <summary>Longer words are no names of numbers.</summary>
    private const int LongestName = 30;

    private const int FewLetters = 8;

    private readonly List<Word> _words;
    private readonly Lazy<bool> _fewLetters;

    private EntityText(string text, List<Word> words) => (Text, _words, _fewLetters) = (text, words, new Lazy<bool>(() => HasFew(text)));

    /// <summary>As long as the text that was given: places are the same in both.</summary>
    public string Text { get; }

    public IReadOnlyList<Word> Words => _words;

    public Word this[int word] => _words[word];

    public int Count => _words.Count;

    /// <summary>Hardly a word stands in the text: it is nothing but a number.</summary>
    public bool HasFewLetters => _fewLetters.Value;

    public static EntityText Of(string text)
    {
        var plain = Plain(text);
        var words = new List<Word>((plain.Length / 6) + 4);
        var sentence = 0;
        Span<char> folded = stackalloc char[LongestName];
        for (var i = 0; i < plain.Length;)
        {
            var c = plain[i];
            if (IsCjk(c)) i = AddCjk(plain, i, sentence, words);
            else if (IsWordSign(c)) i = AddWord(plain, i, sentence, words, folded);
            else
            {
                if (EndsSentence(text, plain, i)) sentence++;
                i++;
            }
        }
        return new EntityText(plain, words);
    }

    public ReadOnlySpan<char> Signs(int word) => Text.AsSpan(_words[word].Start, _words[word].Length);

    /// <summary>The text between a word and the next one; empty behind the last.</summary>
    public ReadOnlySpan<char> GapAfter(int word) => word + 1 < _words.Count ? Text.AsSpan(_words[word].End, _words[word + 1].Start - _words[word].End) : [];

    /// <summary>The first word that ends behind a place; <see cref="Count"/> when there is none.</summary>
    public int WordAt(int place)
    {
        var (low, high) = (0, _words.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_words[middle].End <= place) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Japanese, Chinese and Korean signs: no spaces stand between their words.</summary>
    public static bool IsCjk(char c) => c is >= '\u3005' and <= '\u3007' or >= '\u3041' and <= '\u30ff' or >= '\u3400' and <= '\u9fff' or >= '\uac00' and <= '\ud7af';

    /// <summary>A letter or digit that a number beside it would belong to.</summary>
    public static bool IsWordSign(char c) => char.IsAsciiLetterOrDigit(c) || (c >= 0x80 && !IsCjk(c) && (char.IsLetterOrDigit(c) || c is >= '\u0300' and <= '\u036f'));

    private static int AddWord(string text, int start, int sentence, List<Word> words, Span<char> folded)
    {
        var (end, digits, ascii, capitals) = (start, 0, true, true);
        for (; end < text.Length && IsWordSign(text[end]); end++)
        {
            var c = text[end];
            if (char.IsAsciiDigit(c)) digits++;
            else if (!char.IsAsciiLetter(c)) ascii = false;
            if (char.IsLower(c)) capitals = false;
        }
        var (kind, date) = (NumberWord.None, (DateWord?)null);
        if (digits == 0 && end - start <= LongestName)
        {
            var word = Fold(text.AsSpan(start, end - start), ascii, folded);
            kind = NumberWords.Of(word);
            date = DateWords.Of(word);
        }
        words.Add(new Word(start, end, sentence, kind, date, digits, ascii, capitals));
        return end;
    }

    private static int AddCjk(string text, int start, int sentence, List<Word> words)
    {
        var end = start;
        while (end < text.Length && IsCjk(text[end])) end++;
        var unknown = start;
        for (var i = start; i < end;)
        {
            var rest = text.AsSpan(i, end - i);
            var (length, kind) = NumberWords.AtStart(rest);
            var date = DateWords.AtStart(rest, out var dateLength);
            if (dateLength > length) (length, kind) = (dateLength, NumberWord.None);
            else if (dateLength < length) date = null;
            if (length == 0)
            {
                i++;
                continue;
            }
            if (unknown < i) words.Add(new Word(unknown, i, sentence, NumberWord.None, null, 0, false, true));
            words.Add(new Word(i, i + length, sentence, kind, date, 0, false, true));
            i += length;
            unknown = i;
        }
        if (unknown < end) words.Add(new Word(unknown, end, sentence, NumberWord.None, null, 0, false, true));
        return end;
    }

    private static ReadOnlySpan<char> Fold(ReadOnlySpan<char> word, bool ascii, Span<char> folded)
    {
        if (!ascii) return FoldedText.Fold(word.ToString());
        var length = word.ToLowerInvariant(folded);
        return folded[..length];
    }

    private static bool HasFew(string text)
    {
        var letters = 0;
        foreach (var c in text)
            if (char.IsLetter(c) && ++letters > FewLetters) return false;
        return true;
    }

    private static string Plain(string text)
    {
        foreach (var c in text)
            if (c >= 0x80 && PlainSign(c) != c) return string.Create(text.Length, text, (to, from) =>
            {
                for (var i = 0; i < from.Length; i++) to[i] = PlainSign(from[i]);
            });
        return text;
    }

    private static char PlainSign(char c) => c switch
    {
        < '\u0080' => c,
        >= '\uff01' and <= '\uff5e' => (char)(c - 0xfee0),
        '\u00a0' or >= '\u2000' and <= '\u200a' or '\u202f' or '\u3000' => ' ',
        >= '\u2010' and <= '\u2015' or '\u2212' => '-',
        '\u2018' or '\u2019' or '\u02bc' => '\'',
        '\uffe5' => '¥',
        '\u3001' => ',',
        '\u2028' or '\u2029' or '\u0085' => '\n',
        _ => c,
    };

    private static bool EndsSentence(string text, string plain, int at)
    {
        if (text[at] is '。' or '！' or '？' or '｡') return true;
        var next = at + 1 < plain.Length ? plain[at + 1] : '\n';
        return plain[at] switch
        {
            // What stands behind a colon and a blank line is what the line above names.
            '\n' => next == '\n' && !(at > 0 && plain.AsSpan(0, at).TrimEnd(' ').EndsWith(":")),
            '.' => char.IsWhiteSpace(next) && !IsAbbreviation(plain, at),
            '!' or '?' => char.IsWhiteSpace(next),
            _ => false,
        };
    }

    // "Nr. 1234", "no. 1234": the dot belongs to a short word, and a digit follows.
    private static bool IsAbbreviation(string text, int at)
    {
        var next = at + 1;
        while (next < text.Length && text[next] is ' ' or '#' or ':') next++;
        var letters = 0;
        while (letters < at && letters < 6 && char.IsLetter(text[at - 1 - letters])) letters++;
        if (letters == 0 || next >= text.Length) return false;
        // "Bestellnr. 10442".
        if (letters > 5) return char.IsDigit(text[next]) && text.AsSpan(0, at).EndsWith("nr", StringComparison.OrdinalIgnoreCase);
        // "art. nr. 48213": the next short word ends with a dot too.
        return char.IsDigit(text[next]) || (letters <= 3 && char.IsLower(text[next]) && text.AsSpan(next, Math.Min(4, text.Length - next)).IndexOf('.') is 1 or 2 or 3);
    }
}
