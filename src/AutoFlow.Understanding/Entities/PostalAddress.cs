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

    /// <summary>What stands around the parts of an address.</summary>
    internal const string Marks = ",.;";

    private const int MostLines = 60, LongestStreetLine = 80;

    // Postcode and town: continental (10115 Berlin, PL 00-950, NL 1012 AB), British, and a US town with its ZIP.
    private static readonly Regex Postcode = new(
        @"(^|[\s,])((d|f|a|ch|nl|b|pl|i|e)-)?([0-9]{2}-[0-9]{3}|[0-9]{4} ?[a-z]{2}|[0-9]{5}|[0-9]{4}|2[ab][0-9]{3})[ ,]+\p{L}[\p{L}.'’\-]+|\b[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\b|\b[a-z]{2},? [0-9]{5}(-[0-9]{4})?\b|\p{L}[,]? +[0-9]{5}\s*$",
        Plain);

    private static readonly Regex Street = new(
        @"\p{L}[\p{L}.'’\- ]{2,50},? +(n[°ºr]?\.? ?)?[0-9]{1,4} ?[a-z]?(/[0-9a-z]{1,4})?\b|\b[0-9]{1,4} ?(bis|ter|[a-z])?,? +\p{L}[\p{L}.'’\- ]{2,50}", Plain);

    private static readonly Regex Lead = new(
        @"^.*\b(is now|is|should be|to|lautet|ist|an|est|à|es|a|è|e|naar|jest|to jest|na)\s*:?\s+", Plain);

    private static readonly Regex Named = new(
        @"\b(address|adress|adresse|anschrift|lieferadresse|direcci[oó]n|indirizzo|adres|adresem|bezorgadres)\b", Plain);

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
        var town = lines.FindIndex(l => HasDigit(visibleText, l) && Postcode.IsMatch(l.In(visibleText)));
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
            if (!HasDigit(text, line)) continue;
            if (Japanese(text, line) is { } japanese) Add(found ??= [], japanese);
            else if (AddressInSentence.HasTown(line.In(text)) && Postcode.IsMatch(line.In(text)) && At(text, lines, town) is { } parts && Mention(text, AddressInSentence.Cut(text, lines[town], parts)) is var address && IsSure(text, address)) Add(found ??= [], address);
        }
        return found ?? (IReadOnlyList<AddressMention>)[];
    }

    // Pieces of a long line overlap: the longer reading of an address stays.
    private static void Add(List<AddressMention> found, AddressMention address)
    {
        if (found.Count == 0 || found[^1].Span is var last && address.Span.Start >= last.Start + last.Length) found.Add(address);
        else if (address.Span.Length > last.Length) found[^1] = address;
    }

    private static List<TextLine>? At(string text, List<TextLine> lines, int town)
    {
        var line = AfterIntroduction(text, lines[town]);
        if (HasStreet(line.In(text))) return Whole(text, lines, town, line, before: 1);
        for (var i = town - 1; i >= 0 && i >= town - 2; i--)
            if (lines[i].Length < LongestStreetLine && HasStreet(AfterIntroduction(text, lines[i]).In(text))) return Whole(text, lines, town, line, before: 3);
        return null;
    }

    // The street stands outside the postcode: without it the line names a town only.
    private static bool HasStreet(ReadOnlySpan<char> line) => Street.IsMatch(line) && Street.IsMatch(Postcode.Replace(line.ToString(), " "));

    private static List<TextLine> Whole(string text, List<TextLine> lines, int town, TextLine line, int before)
    {
        var parts = new List<TextLine> { line.Trimmed(text, Marks) };
        for (var i = town - 1; i >= 0 && i >= town - before; i--)
        {
            if (!BelongsAbove(lines[i].In(text))) break;
            parts.Insert(0, AfterIntroduction(text, lines[i]).Trimmed(text, Marks));
            if (lines[i].In(text).Contains(':')) break;
        }
        if (town + 1 < lines.Count && IsCountry(lines[town + 1].In(text))) parts.Add(lines[town + 1].Trimmed(text, Marks));
        parts.RemoveAll(p => p.Length == 0);
        if (parts.Count == 0) parts.Add(line);
        return parts;
    }

    private static AddressMention Mention(string text, List<TextLine> parts) =>
        new(new EntitySpan(parts[0].Start, parts[^1].End - parts[0].Start), string.Join(", ", parts.Select(p => p.In(text).ToString())));

    private static bool IsSure(string text, AddressMention address)
    {
        // The words of a street and its house number, and no sentence around them.
        if (address.Address.Length > 200) return false;
        if (AddressInSentence.HasStreet(address.Address)) return address.Address.Count(c => c == ' ') <= 16;
        var from = Math.Max(0, address.Span.Start - 80);
        if (Named.IsMatch(text.AsSpan(from, address.Span.Start - from))) return true;
        // Lines of their own, as on an envelope.
        return address.Span.Length <= 120 && text.AsSpan(address.Span.Start, address.Span.Length).Contains('\n') && address.Address.Count(c => c == ' ') <= 9 && StandsAlone(text, address.Span);
    }

    private static bool StandsAlone(string text, EntitySpan span) =>
        (span.Start == 0 || text.AsSpan(0, span.Start).TrimEnd(' ').EndsWith("\n")) && text.AsSpan(span.Start + span.Length).TrimStart(" ,.;") is var rest && (rest.IsEmpty || rest[0] == '\n');

    // 〒150-0001 東京都渋谷区…: to the end of the line or sentence.
    private static AddressMention? Japanese(string text, TextLine line)
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

    internal static bool IsCountry(ReadOnlySpan<char> line)
    {
        if (line.Length is <= 3 or > 25 || !char.IsUpper(line[0]) || line.Count(' ') > 1) return false;
        foreach (var c in line)
            if (!char.IsLetter(c) && c != ' ') return false;
        return Countries.Contains(FoldedText.Fold(line.ToString()));
    }

    // "My new address is: Lindenweg 5, 10115 Berlin" starts after the colon or the verb.
    private static TextLine AfterIntroduction(string text, TextLine line)
    {
        var signs = line.In(text);
        var colon = signs.LastIndexOf(':');
        if (colon >= 0 && colon < signs.Length - 8) return (line with { Start = line.Start + colon + 1 }).Trimmed(text);
        var spaces = 0;
        foreach (var c in signs)
            if (char.IsWhiteSpace(c)) spaces++;
        if (spaces < 4) return line;
        var firstDigit = signs.IndexOfAnyInRange('0', '9');
        if (firstDigit < 0) return line;
        foreach (var lead in Lead.EnumerateMatches(signs[..firstDigit]))
            if (lead.Length < signs.Length) return (line with { Start = line.Start + lead.Length }).Trimmed(text);
        return line;
    }

    private static List<TextLine> Lines(string text, int most = MostLines)
    {
        var lines = new List<TextLine>();
        for (var start = 0; start <= text.Length && lines.Count < most;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            if ((new TextLine(start, end)).Trimmed(text) is { Length: > 0 } line) LongLine.AddPieces(text, line, lines);
            start = end + 1;
        }
        return lines;
    }

    private static bool HasDigit(string text, TextLine line) => line.In(text).IndexOfAnyInRange('0', '9') >= 0;
}
