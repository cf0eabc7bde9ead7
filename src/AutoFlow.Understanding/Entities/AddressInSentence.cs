using System.Text.RegularExpressions;

namespace AutoFlow.Understanding.Entities;

/// <summary>Cuts an address out of its sentence: "send it to via Roma 12, 20121 Milano, it has not left yet".</summary>
internal static class AddressInSentence
{
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // In a text about anything, a street says that it is one, and a town has a capital.
    private static readonly Regex StreetWord = new(
        @"(stra(ss|ß)e|str\.|weg|allee|platz|gasse|ring|ufer|damm|straat|laan|plein|gracht|kade|dreef|steeg)\b|\b(street|st|road|rd|lane|avenue|ave|av|drive|dr|close|court|way|square|terrace|gardens|boulevard|blvd|bd|rue|chemin|impasse|quai|place|allée|route|calle|c/|avenida|avda|paseo|plaza|camino|via|viale|corso|piazza|vicolo|largo|ul|ulica|al|aleja|aleje|os|osiedle|pl|apt|hof|am|im|auf|an der)\b", Plain);

    private static readonly Regex CapitalTown = new(
        @"[0-9]{5}[ ,]+\p{Lu}|[0-9]{2}-[0-9]{3}[ ,]+\p{Lu}|[0-9]{4} ?[A-Z]{2}[ ,]+\p{Lu}|[0-9]{4}[ ,]+\p{Lu}|\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b|\b[A-Z]{2},? [0-9]{5}|\p{Lu}\p{Ll}+,? +[0-9]{5}\s*$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>A postcode with a town that has a capital.</summary>
    public static bool HasTown(ReadOnlySpan<char> line) => CapitalTown.IsMatch(line);

    /// <summary>A word that streets are called by.</summary>
    public static bool HasStreet(ReadOnlySpan<char> line) => StreetWord.IsMatch(line);

    /// <summary>The parts of an address without the words before its street and behind its town.</summary>
    /// <param name="town">The line with the town.</param>
    /// <param name="parts">The lines of the address.</param>
    public static List<TextLine> Cut(string text, TextLine town, List<TextLine> parts)
    {
        var at = parts.FindIndex(p => p.Start >= town.Start && p.End <= town.End);
        if (at < 0) return parts;
        var end = TownEnd(text, parts[at]);
        var tight = new TextLine(StreetStart(text, parts[at]), end);
        // The town stands first: what follows it is the street.
        if (tight.Start >= TownStart(text, parts[at])) return parts;
        var above = tight.Start > town.Start ? 0 : at;
        List<TextLine> kept = [.. parts.GetRange(at - above, above), tight.Trimmed(text, PostalAddress.Marks)];
        if (end == parts[at].End) kept.AddRange(parts.Skip(at + 1));
        return kept;
    }

    private static int TownStart(string text, TextLine line)
    {
        foreach (var match in CapitalTown.EnumerateMatches(line.In(text))) return line.Start + match.Index;
        return line.End;
    }

    // Behind the town's name: words with capitals go on with it.
    private static int TownEnd(string text, TextLine line)
    {
        var end = -1;
        foreach (var match in CapitalTown.EnumerateMatches(line.In(text))) end = line.Start + match.Index + match.Length;
        if (end < 0) return line.End;
        while (end < line.End && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '\'' or '’')) end++;
        while (end + 1 < line.End && text[end] == ' ' && char.IsUpper(text[end + 1]))
            for (end++; end < line.End && (char.IsLetter(text[end]) || text[end] == '-');) end++;
        if (end + 2 < line.End && text[end] == ',' && text[end + 1] == ' ')
        {
            var country = end + 2;
            while (country < line.End && (char.IsLetter(text[country]) || (text[country] == ' ' && country + 1 < line.End && char.IsUpper(text[country + 1])))) country++;
            if (PostalAddress.IsCountry(text.AsSpan(end + 2, country - end - 2))) end = country;
        }
        return end;
    }

    // Before the street's word, or its number where that comes first.
    private static int StreetStart(string text, TextLine line)
    {
        var signs = line.In(text);
        foreach (var match in StreetWord.EnumerateMatches(signs))
        {
            var word = match.Index;
            while (word < signs.Length && !char.IsLetter(signs[word])) word++;
            while (word > 0 && (char.IsLetter(signs[word - 1]) || signs[word - 1] == '-')) word--;
            var before = signs[..word].TrimEnd();
            // "12 rue", "14 Mill Lane", "Große Bergstraße": the number and the words with capitals before it belong to it.
            while (before.Length > 0)
            {
                var start = before.Length;
                while (start > 0 && !char.IsWhiteSpace(before[start - 1])) start--;
                var piece = before[start..];
                if (!(char.IsUpper(piece[0]) || (char.IsDigit(piece[0]) && piece.Length <= 6) || piece is "bis" or "ter") || piece[^1] is '.' or ':' or '!' or '?') break;
                if (piece[^1] == ',' && !char.IsDigit(piece[0])) break;
                word = start;
                if (char.IsDigit(piece[0])) break;
                before = before[..start].TrimEnd();
            }
            return line.Start + word;
        }
        return line.Start;
    }
}
