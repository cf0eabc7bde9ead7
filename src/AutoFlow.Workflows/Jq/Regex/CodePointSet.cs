using System.Globalization;
using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>A set of code points: ranges and classes, perhaps inverted.</summary>
internal sealed class CodePointSet
{
    private readonly Func<int, bool> test;
    private readonly UInt128 ascii;

    /// <summary>What a union was made of; empty for other sets.</summary>
    private readonly IReadOnlyList<CodePointSet> parts = [];

    /// <summary>Whether it holds both cases of what it holds already.</summary>
    private readonly bool isFolded;

    private CodePointSet(Func<int, bool> test, bool isFolded = false, int folds = 0, IReadOnlyList<CodePointSet>? parts = null)
    {
        this.test = test;
        this.isFolded = isFolded;
        this.parts = parts ?? [];
        Folds = folds;
        for (var c = 0; c < 128; c++)
        {
            if (test(c))
                ascii |= UInt128.One << c;
        }
    }

    public static CodePointSet Any { get; } = new(_ => true);

    public static CodePointSet NoNewline { get; } = new(c => c != '\n');

    public static CodePointSet Digit { get; } = Of(UnicodeCategory.DecimalDigitNumber);

    public static CodePointSet Space { get; } = new(c => Rune.IsValid(c) && Rune.IsWhiteSpace(new Rune(c)));

    public static CodePointSet HexDigit { get; } = new(c => c < 128 && char.IsAsciiHexDigit((char)c));

    /// <summary>Letters, marks, decimal digits and connectors, in every script.</summary>
    public static CodePointSet Word { get; } = new(c => Category(c) is <= UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation);

    /// <summary>How many times cases are folded within each other: each time, asking costs three times as much.</summary>
    public int Folds { get; }

    public bool Contains(int codePoint) => codePoint < 128 ? ((ascii >> codePoint) & 1) != 0 : test(codePoint);

    public static CodePointSet Range(int from, int to) => new(c => c >= from && c <= to);

    public static CodePointSet Of(params UnicodeCategory[] categories) => new(c => Array.IndexOf(categories, Category(c)) >= 0);

    public static CodePointSet Union(IReadOnlyList<CodePointSet> sets) =>
        sets.Count == 1
            ? sets[0]
            : new CodePointSet(c => sets.Any(s => s.Contains(c)), sets.All(s => s.isFolded), sets.Select(s => s.Folds).DefaultIfEmpty().Max(), sets);

    public CodePointSet Intersect(CodePointSet other) =>
        new(c => Contains(c) && other.Contains(c), isFolded && other.isFolded, Math.Max(Folds, other.Folds));

    public CodePointSet Invert() => new(c => !Contains(c), isFolded, Folds);

    /// <summary>The set with both cases of what it holds.</summary>
    public CodePointSet IgnoringCase() =>
        isFolded ? this
        : parts.Count > 0 ? Union([.. parts.Select(p => p.IgnoringCase())])
        : new(c => Contains(c) || Contains(Lower(c)) || Contains(Upper(c)), isFolded: true, Folds + 1);

    public static int Lower(int codePoint) => Rune.IsValid(codePoint) ? Rune.ToLowerInvariant(new Rune(codePoint)).Value : codePoint;

    /// <summary>A POSIX class or Unicode general category by its name; null when there is none.</summary>
    public static CodePointSet? Named(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "ALNUM" => Union([Letters, Marks, Digit]),
        "ALPHA" or "ALPHABETIC" => Union([Letters, Marks]),
        "ASCII" => Range(0, 127),
        "BLANK" => new CodePointSet(c => c == '\t' || Category(c) == UnicodeCategory.SpaceSeparator),
        "CNTRL" => Of(UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.Surrogate, UnicodeCategory.PrivateUse),
        "DIGIT" => Digit,
        "GRAPH" => Union([Space, Of(UnicodeCategory.Control, UnicodeCategory.OtherNotAssigned, UnicodeCategory.Surrogate)]).Invert(),
        "LOWER" => Of(UnicodeCategory.LowercaseLetter),
        "PRINT" => Of(UnicodeCategory.Control, UnicodeCategory.OtherNotAssigned, UnicodeCategory.Surrogate).Invert(),
        "PUNCT" => Union([Punctuation, new CodePointSet(c => c is '$' or '+' or '<' or '=' or '>' or '^' or '`' or '|' or '~')]),
        "SPACE" => Space,
        "UPPER" => Of(UnicodeCategory.UppercaseLetter),
        "XDIGIT" => HexDigit,
        "WORD" => Word,
        "ANY" => Any,
        "L" or "LETTER" => Letters,
        "LU" => Of(UnicodeCategory.UppercaseLetter),
        "LL" => Of(UnicodeCategory.LowercaseLetter),
        "LT" => Of(UnicodeCategory.TitlecaseLetter),
        "LM" => Of(UnicodeCategory.ModifierLetter),
        "LO" => Of(UnicodeCategory.OtherLetter),
        "M" or "MARK" => Marks,
        "MN" => Of(UnicodeCategory.NonSpacingMark),
        "MC" => Of(UnicodeCategory.SpacingCombiningMark),
        "ME" => Of(UnicodeCategory.EnclosingMark),
        "N" or "NUMBER" => Of(UnicodeCategory.DecimalDigitNumber, UnicodeCategory.LetterNumber, UnicodeCategory.OtherNumber),
        "ND" => Digit,
        "NL" => Of(UnicodeCategory.LetterNumber),
        "NO" => Of(UnicodeCategory.OtherNumber),
        "P" or "PUNCTUATION" => Punctuation,
        "S" or "SYMBOL" => Of(
            UnicodeCategory.MathSymbol, UnicodeCategory.CurrencySymbol, UnicodeCategory.ModifierSymbol, UnicodeCategory.OtherSymbol),
        "SM" => Of(UnicodeCategory.MathSymbol),
        "SC" => Of(UnicodeCategory.CurrencySymbol),
        "SK" => Of(UnicodeCategory.ModifierSymbol),
        "SO" => Of(UnicodeCategory.OtherSymbol),
        "Z" or "SEPARATOR" => Of(UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator),
        "ZS" => Of(UnicodeCategory.SpaceSeparator),
        _ => null,
    };

    private static CodePointSet Letters { get; } = new(c => Category(c) <= UnicodeCategory.OtherLetter);

    private static CodePointSet Marks { get; } = Of(
        UnicodeCategory.NonSpacingMark, UnicodeCategory.SpacingCombiningMark, UnicodeCategory.EnclosingMark);

    private static CodePointSet Punctuation { get; } = Of(
        UnicodeCategory.ConnectorPunctuation, UnicodeCategory.DashPunctuation, UnicodeCategory.OpenPunctuation,
        UnicodeCategory.ClosePunctuation, UnicodeCategory.InitialQuotePunctuation, UnicodeCategory.FinalQuotePunctuation,
        UnicodeCategory.OtherPunctuation);

    private static int Upper(int codePoint) => Rune.IsValid(codePoint) ? Rune.ToUpperInvariant(new Rune(codePoint)).Value : codePoint;

    private static UnicodeCategory Category(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint);
}
