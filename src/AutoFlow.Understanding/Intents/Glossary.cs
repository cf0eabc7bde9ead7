using System.Security.Cryptography;
using System.Text;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>
/// What the common words of a language mean in English, from <c>glossary-xx.tsv</c>: <c>word|word*⇥meaning</c>, where a trailing
/// <c>*</c> matches any ending. English words stand for themselves. Words without an entry have no meaning here.
/// </summary>
internal sealed class Glossary
{
    private const int LongestSigns = 8;

    private static readonly Glossary English = new([], isEnglish: true);

    private static readonly Dictionary<string, Glossary> Known = WordLists.Names("glossary-", ".tsv")
        .ToDictionary(name => name["glossary-".Length..^".tsv".Length], name => new Glossary(WordLists.Read(name, 2), isEnglish: false));

    private static readonly Glossary None = new([], isEnglish: false);

    private static readonly Lazy<string> AllHash = new(() =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in WordLists.Names("glossary-", ".tsv"))
            foreach (var row in WordLists.Read(name, 2)) hash.AppendData(Encoding.UTF8.GetBytes($"{name}\t{row[0]}\t{row[1]}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    });

    private readonly bool _isEnglish;
    private readonly Dictionary<string, string> _exact = [];
    private readonly Dictionary<string, string> _stems = [];
    private readonly int _shortestStem = int.MaxValue;

    private Glossary(IEnumerable<string[]> rows, bool isEnglish)
    {
        _isEnglish = isEnglish;
        foreach (var row in rows)
        {
            foreach (var word in row[0].Split('|'))
            {
                var folded = FoldedText.Fold(word.Trim());
                if (folded.EndsWith('*')) _stems.TryAdd(folded[..^1], row[1]);
                else _exact.TryAdd(folded, row[1]);
            }
        }
        foreach (var stem in _stems.Keys) _shortestStem = Math.Min(_shortestStem, stem.Length);
    }

    /// <summary>16 hex digits over all glossaries: a model trained with others reads texts otherwise.</summary>
    public static string Hash => AllHash.Value;

    /// <summary>The glossary of a language; one that knows no word where there is none.</summary>
    public static Glossary Of(string language) => language == "en" ? English : Known.GetValueOrDefault(language, None);

    /// <summary>The meanings of a text in its order. English words and marks stand for themselves.</summary>
    public IEnumerable<string> Read(IReadOnlyList<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind == TokenKind.Mark) yield return token.Text;
            else if (_isEnglish)
            {
                if (token.Kind == TokenKind.Word) yield return token.Text;
            }
            else if (token.Kind == TokenKind.Word)
            {
                if (Of(token) is { } meaning) yield return meaning;
            }
            else
            {
                var (meaning, length) = Longest(tokens, i);
                if (meaning is not null) yield return meaning;
                i += length - 1;
            }
        }
    }

    private string? Of(Token token)
    {
        var word = token.Text;
        if (_exact.TryGetValue(word, out var exact)) return exact;
        var stems = _stems.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = word.Length; length >= _shortestStem; length--)
            if (stems.TryGetValue(word.AsSpan(0, length), out var meaning)) return meaning;
        return null;
    }

    // Signs are not parted into words: the longest run that the glossary has.
    private (string? Meaning, int Length) Longest(IReadOnlyList<Token> tokens, int at)
    {
        var run = new StringBuilder(LongestSigns);
        (string?, int) best = (null, 1);
        for (var i = at; i < tokens.Count && i - at < LongestSigns && tokens[i].Kind == TokenKind.Sign; i++)
        {
            run.Append(tokens[i].Text);
            if (_exact.TryGetValue(run.ToString(), out var meaning)) best = (meaning, i - at + 1);
        }
        return best;
    }
}
