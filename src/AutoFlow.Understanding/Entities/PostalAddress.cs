using System.Text.RegularExpressions;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Entities;

/// <summary>Finds postal addresses: a street with a house number and a postcode with a town, on lines of their own or in one sentence.</summary>
internal static class PostalAddress
{
    /// <summary>Most addresses taken from one text.</summary>
    public const int Most = 5;

    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const int MostLines = 60, LongestLine = 300, LongestStreetLine = 80;

    // Postcode and town: continental (10115 Berlin, PL 00-950, NL 1012 AB), British, and a US town with its ZIP.
    private static readonly Regex Postcode = new(
        @"(^|[\s,])((d|f|a|ch|nl|b|pl|i|e)-)?([0-9]{2}-[0-9]{3}|[0-9]{4} ?[a-z]{2}|[0-9]{5}|[0-9]{4}|2[ab][0-9]{3})[ ,]+\p{L}[\p{L}.'’\-]+|\b[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\b|\b[a-z]{2},? [0-9]{5}(-[0-9]{4})?\b|\p{L}[,]? +[0-9]{5}\s*$",
        Plain);

    private static readonly Regex Street = new(
        @"\p{L}[\p{L}.'’\- ]{2,50},? +(n[°ºr]?\.? ?)?[0-9]{1,4} ?[a-z]?(/[0-9a-z]{1,4})?\b|\b[0-9]{1,4} ?(bis|ter|[a-z])?,? +\p{L}[\p{L}.'’\- ]{2,50}", Plain);

    private static readonly Regex Lead = new(
        @"^.*\b(is now|is|should be|to|lautet|ist|an|est|à|es|a|è|e|naar|jest|to jest|na)\s*:?\s+", Plain);

    // In a text about anything, a street says that it is one, and a town has a capital.
    private static readonly Regex StreetWord = new(
        @"(stra(ss|ß)e|str\.|weg|allee|platz|gasse|ring|ufer|damm|straat|laan|plein|gracht|kade|dreef|steeg)\b|\b(street|st|road|rd|lane|avenue|ave|av|drive|dr|close|court|way|square|terrace|gardens|boulevard|blvd|bd|rue|chemin|impasse|quai|place|allée|route|calle|c/|avenida|avda|paseo|plaza|camino|via|viale|corso|piazza|vicolo|largo|ul|ulica|al|aleja|aleje|os|osiedle|pl|apt|hof|am|im|auf|an der)\b", Plain);

    private static readonly Regex Named = new(
        @"\b(address|adress|adresse|anschrift|lieferadresse|direcci[oó]n|indirizzo|adres|adresem|bezorgadres)\b", Plain);

    private static readonly Regex CapitalTown = new(
        @"[0-9]{5}[ ,]+\p{Lu}|[0-9]{2}-[0-9]{3}[ ,]+\p{Lu}|[0-9]{4} ?[A-Z]{2}[ ,]+\p{Lu}|[0-9]{4}[ ,]+\p{Lu}|\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b|\b[A-Z]{2},? [0-9]{5}|\p{Lu}\p{Ll}+,? +[0-9]{5}\s*$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly HashSet<string> Countries =
    [
        "germany", "deutschland", "france", "spain", "espana", "italy", "italia", "netherlands", "nederland", "poland", "polska", "austria", "osterreich",
        "switzerland", "schweiz", "suisse", "svizzera", "belgium", "belgique", "belgie", "luxembourg", "united kingdom", "england", "ireland", "portugal",
        "united states", "usa", "frankreich", "allemagne", "alemania", "germania", "duitsland", "niemcy", "denmark", "sweden", "czechia",
    ];

    /// <summary>The address in an answer to "what is your address?", its lines joined by ", "; null when there is none.</summary>
    public static string? Find(string visibleText)
    {
        var lines = Lines(visibleText);
        var town = lines.FindIndex(l => l.Length < LongestLine && HasDigit(visibleText, l) && Postcode.IsMatch(l.In(visibleText)));
        return town >= 0 && At(visibleText, lines, town) is { } parts ? Mention(visibleText, parts).Address : null;
    }

    /// <summary>The addresses in a text about anything: surer than in an answer, each with its place.</summary>
    public static IReadOnlyList<AddressMention> FindAll(string text, int most = Most)
    {
        List<AddressMention>? found = null;
        var lines = Lines(text, most == Most ? MostLines : int.MaxValue);
        for (var town = 0; town < lines.Count && (found?.Count ?? 0) < most; town++)
        {
            var line = lines[town];
            if (line.Length >= LongestLine || !HasDigit(text, line)) continue;
            if (Japanese(text, line) is { } japanese) (found ??= []).Add(japanese);
            else if (CapitalTown.IsMatch(line.In(text)) && Postcode.IsMatch(line.In(text)) && At(text, lines, town) is { } parts && Mention(text, Tightened(text, lines, town, parts)) is var address && IsSure(text, address)) (found ??= []).Add(address);
        }
        return found ?? (IReadOnlyList<AddressMention>)[];
    }

    private readonly record struct Line(int Start, int End)
    {
        public int Length => End - Start;

        public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);
    }

    private static List<Line>? At(string text, List<Line> lines, int town)
    {
        var line = AfterIntroduction(text, lines[town]);
        if (HasStreet(line.In(text))) return Whole(text, lines, town, line, before: 1);
        for (var i = town - 1; i >= 0 && i >= town - 2; i--)
            if (lines[i].Length < LongestStreetLine && HasStreet(AfterIntroduction(text, lines[i]).In(text))) return Whole(text, lines, town, line, before: 3);
        return null;
    }

    // The street stands outside the postcode: without it the line names a town only.
    private static bool HasStreet(ReadOnlySpan<char> line) => Street.IsMatch(line) && Street.IsMatch(Postcode.Replace(line.ToString(), " "));

    private static List<Line> Whole(string text, List<Line> lines, int town, Line line, int before)
    {
        var parts = new List<Line> { Trim(text, line) };
        for (var i = town - 1; i >= 0 && i >= town - before; i--)
        {
            if (!BelongsAbove(lines[i].In(text))) break;
            parts.Insert(0, Trim(text, AfterIntroduction(text, lines[i])));
            if (lines[i].In(text).Contains(':')) break;
        }
        if (town + 1 < lines.Count && IsCountry(lines[town + 1].In(text))) parts.Add(Trim(text, lines[town + 1]));
        parts.RemoveAll(p => p.Length == 0);
        if (parts.Count == 0) parts.Add(line);
        return parts;
    }

    private static AddressMention Mention(string text, List<Line> parts) =>
        new(new EntitySpan(parts[0].Start, parts[^1].End - parts[0].Start), string.Join(", ", parts.Select(p => p.In(text).ToString())));

    // In a sentence, words stand before the street and behind the town: "send it to via Roma 12, 20121 Milano, it has not left yet".
    private static List<Line> Tightened(string text, List<Line> lines, int town, List<Line> parts)
    {
        var at = parts.FindIndex(p => p.Start >= lines[town].Start && p.End <= lines[town].End);
        if (at < 0) return parts;
        var end = TownEnd(text, parts[at]);
        var tight = new Line(StreetStart(text, parts[at]), end);
        // The town stands first: what follows it is the street.
        if (tight.Start >= TownStart(text, parts[at])) return parts;
        var above = tight.Start > lines[town].Start ? 0 : at;
        List<Line> kept = [.. parts.GetRange(at - above, above), Trim(text, tight)];
        if (end == parts[at].End) kept.AddRange(parts.Skip(at + 1));
        return kept;
    }

    private static int TownStart(string text, Line line)
    {
        foreach (var match in CapitalTown.EnumerateMatches(line.In(text))) return line.Start + match.Index;
        return line.End;
    }

    // Behind the town's name: words with capitals go on with it.
    private static int TownEnd(string text, Line line)
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
            if (IsCountry(text.AsSpan(end + 2, country - end - 2))) end = country;
        }
        return end;
    }

    // Before the street's word, or its number where that comes first.
    private static int StreetStart(string text, Line line)
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

    private static bool IsSure(string text, AddressMention address)
    {
        // The words of a street and its house number, and no sentence around them.
        if (address.Address.Length > 200) return false;
        if (StreetWord.IsMatch(address.Address)) return address.Address.Count(c => c == ' ') <= 16;
        var from = Math.Max(0, address.Span.Start - 80);
        if (Named.IsMatch(text.AsSpan(from, address.Span.Start - from))) return true;
// Lines of their own, as on an envelope.
        return address.Span.Length <= 120 && text.AsSpan(address.Span.Start, address.Span.Length).Contains('\n') && address.Address.Count(c => c == ' ') <= 9 && StandsAlone(text, address.Span);
    }

    private static bool StandsAlone(string text, EntitySpan span) =>
        (span.Start == 0 || text.AsSpan(0, span.Start).TrimEnd(' ').EndsWith("\n")) && text.AsSpan(span.Start + span.Length).TrimStart(" ,.;") is var rest && (rest.IsEmpty || rest[0] == '\n');

    // 〒150-0001 東京都渋谷区…: to the end of the line or sentence.
    private static AddressMention? Japanese(string text, Line line)
    {
        var mark = line.In(text).IndexOf('〒');
        if (mark < 0) return null;
        var rest = line.In(text)[mark..];
        foreach (var stop in (string[])["。", "です", "に"])
            if (rest.IndexOf(stop, StringComparison.Ordinal) is > 0 and var end) rest = rest[..end];
        rest = rest.TrimEnd();
        return rest.Length > 10 ? new AddressMention(new EntitySpan(line.Start + mark, rest.Length), rest.ToString()) : null;
    }

    // A name or a street: short, no sentence.
    private static bool BelongsAbove(ReadOnlySpan<char> line) =>
        line.Length <= 60 && !(line[^1] is ':' or '.' or '?' or '!') && !(line[^1] == ',' && line.IndexOfAnyInRange('0', '9') < 0) && char.IsLetterOrDigit(line[0]);

    private static bool IsCountry(ReadOnlySpan<char> line)
    {
        if (line.Length is <= 3 or > 25 || !char.IsUpper(line[0]) || line.Count(' ') > 1) return false;
        foreach (var c in line)
            if (!char.IsLetter(c) && c != ' ') return false;
        return Countries.Contains(FoldedText.Fold(line.ToString()));
    }

    // "My new address is: Lindenweg 5, 10115 Berlin" starts after the colon or the verb.
    private static Line AfterIntroduction(string text, Line line)
    {
        var signs = line.In(text);
        var colon = signs.LastIndexOf(':');
        if (colon >= 0 && colon < signs.Length - 8) return Trim(text, line with { Start = line.Start + colon + 1 }, "");
        var spaces = 0;
        foreach (var c in signs)
            if (char.IsWhiteSpace(c)) spaces++;
        if (spaces < 4) return line;
        var firstDigit = signs.IndexOfAnyInRange('0', '9');
        if (firstDigit < 0) return line;
        foreach (var lead in Lead.EnumerateMatches(signs[..firstDigit]))
            if (lead.Length < signs.Length) return Trim(text, line with { Start = line.Start + lead.Length }, "");
        return line;
    }

    private static List<Line> Lines(string text, int most = MostLines)
    {
        var lines = new List<Line>();
        for (var start = 0; start <= text.Length && lines.Count < most;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            if (Trim(text, new Line(start, end), "") is { Length: > 0 } line) lines.Add(line);
            start = end + 1;
        }
        return lines;
    }

    private static bool HasDigit(string text, Line line) => line.In(text).IndexOfAnyInRange('0', '9') >= 0;

    private static Line Trim(string text, Line line, string signs = " ,.;")
    {
        var (start, end) = (line.Start, line.End);
        while (start < end && (char.IsWhiteSpace(text[start]) || signs.Contains(text[start]))) start++;
        while (end > start && (char.IsWhiteSpace(text[end - 1]) || signs.Contains(text[end - 1]))) end--;
        return new Line(start, end);
    }
}
