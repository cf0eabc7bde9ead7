using System.Text.RegularExpressions;

namespace AutoFlow.Understanding.Answers;

/// <summary>Finds a postal address in a reply: a street with a house number and a postcode with a town, on lines of their own or in one sentence.</summary>
internal static class PostalAddress
{
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // Postcode and town: continental (10115 Berlin, PL 00-950, NL 1012 AB), British, and a US town with its ZIP.
    private static readonly Regex Postcode = new(
        @"(^|[\s,])((d|f|a|ch|nl|b|pl|i|e)-)?([0-9]{2}-[0-9]{3}|[0-9]{4} ?[a-z]{2}|[0-9]{5}|[0-9]{4}|2[ab][0-9]{3})[ ,]+\p{L}[\p{L}.'’\-]+|\b[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\b|\b[a-z]{2},? [0-9]{5}(-[0-9]{4})?\b|\p{L}[,]? +[0-9]{5}\s*$",
        Plain);

    private static readonly Regex Street = new(
        @"\p{L}[\p{L}.'’\- ]{2,50},? +(n[°ºr]?\.? ?)?[0-9]{1,4} ?[a-z]?(/[0-9a-z]{1,4})?\b|\b[0-9]{1,4} ?(bis|ter|[a-z])?,? +\p{L}[\p{L}.'’\- ]{2,50}", Plain);

    private static readonly Regex Lead = new(
        @"^.*\b(is now|is|should be|to|lautet|ist|an|est|à|es|a|è|e|naar|jest|to jest|na)\s*:?\s+", Plain);

    /// <summary>The address, its lines joined by ", "; null when there is none.</summary>
    public static string? Find(string visibleText)
    {
        var lines = visibleText.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Take(60).ToList();
        var town = lines.FindIndex(l => l.Length < 300 && Postcode.IsMatch(l));
        if (town < 0) return null;
        var line = AfterIntroduction(lines[town]);
        if (HasStreet(line)) return Whole(lines, town, line, before: 1);
        return town > 0 && lines.GetRange(Math.Max(0, town - 2), Math.Min(2, town)).Any(l => l.Length < 80 && HasStreet(AfterIntroduction(l))) ? Whole(lines, town, line, before: 3) : null;
    }

    // The street stands outside the postcode: without it the line names a town only.
    private static bool HasStreet(string line)
    {
        var street = Street.IsMatch(line);
        var rest = Postcode.Replace(line, " ");
        return street && Street.IsMatch(rest);
    }

    private static string Whole(List<string> lines, int town, string line, int before)
    {
        var address = new List<string> { Trim(line) };
        for (var i = town - 1; i >= 0 && i >= town - before; i--)
        {
            if (!BelongsAbove(lines[i])) break;
            address.Insert(0, Trim(AfterIntroduction(lines[i])));
            if (lines[i].Contains(':', StringComparison.Ordinal)) break;
        }
        if (town + 1 < lines.Count && IsCountry(lines[town + 1])) address.Add(Trim(lines[town + 1]));
        return string.Join(", ", address.Where(a => a.Length > 0));
    }

    // A name or a street: short, no sentence.
    private static bool BelongsAbove(string line) =>
        line.Length <= 60 && !line.EndsWith(':') && !line.EndsWith('.') && !line.EndsWith('?') && !line.EndsWith('!')
        && !(line.EndsWith(',') && !line.Any(char.IsDigit)) && char.IsLetterOrDigit(line[0]);

    private static bool IsCountry(string line) =>
        line.Length is > 3 and <= 25 && char.IsUpper(line[0]) && line.All(c => char.IsLetter(c) || c == ' ') && line.Split(' ').Length <= 2
        && Countries.Contains(Text.FoldedText.Fold(line));

    private static readonly HashSet<string> Countries =
    [
        "germany", "deutschland", "france", "spain", "espana", "italy", "italia", "netherlands", "nederland", "poland", "polska", "austria", "osterreich",
        "switzerland", "schweiz", "suisse", "svizzera", "belgium", "belgique", "belgie", "luxembourg", "united kingdom", "england", "ireland", "portugal",
        "united states", "usa", "frankreich", "allemagne", "alemania", "germania", "duitsland", "niemcy", "denmark", "sweden", "czechia",
    ];

    // "My new address is: Lindenweg 5, 10115 Berlin" starts after the colon or the verb.
    private static string AfterIntroduction(string line)
    {
        var colon = line.LastIndexOf(':');
        if (colon >= 0 && colon < line.Length - 8) return line[(colon + 1)..].Trim();
        if (line.Count(char.IsWhiteSpace) < 4) return line;
        var firstDigit = line.AsSpan().IndexOfAnyInRange('0', '9');
        if (firstDigit < 0) return line;
        var lead = Lead.Match(line[..firstDigit]);
        return lead.Success && lead.Length < line.Length ? line[lead.Length..].Trim() : line;
    }

    private static string Trim(string line) => line.Trim(' ', ',', '.', ';');
}
