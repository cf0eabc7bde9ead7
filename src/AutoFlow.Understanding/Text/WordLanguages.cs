namespace AutoFlow.Understanding.Text;

/// <summary>The languages that word lists of meanings have, as bits: one list's word may be another language's innocent one ("brand", "mal", "bad").</summary>
internal static class WordLanguages
{
    public const uint All = uint.MaxValue;

    private static readonly string[] Listed = ["en", "de", "fr", "es", "it", "nl", "pl", "ja", "zh"];

    /// <summary>Which rows are read for a text.</summary>
    /// <param name="language">ISO 639-1; null when it is not known, which reads all. A language without rows is read as English, whose words travel furthest.</param>
    public static uint OfText(string? language)
    {
        if (language is null) return All;
        var index = Array.IndexOf(Listed, language);
        return 1u << Math.Max(0, index);
    }

    /// <exception cref="InvalidDataException">A language that no text is read in.</exception>
    public static uint OfRow(string language)
    {
        if (language == "*") return All;
        var index = Array.IndexOf(Listed, language);
        return index >= 0 ? 1u << index : throw new InvalidDataException($"A word list names the language '{language}'.");
    }
}
