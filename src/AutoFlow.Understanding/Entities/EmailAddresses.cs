using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Entities;

/// <summary>Finds e-mail addresses as people write them: RFC 5322 addr-specs with a dot-atom and a domain name, both with letters of any script (RFC 6531), or the domain as <c>xn--</c> (RFC 5890).</summary>
internal static class EmailAddresses
{
    /// <summary>Most addresses taken from one text.</summary>
    public const int Most = 20;

    private const int LongestLocal = 64, LongestDomain = 255;

    /// <summary>Addresses in lower case, in order of appearance.</summary>
    public static IReadOnlyList<(string Address, EntitySpan Span)> Find(string text, int most = Most)
    {
        List<(string, EntitySpan)>? found = null;
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0 && (found?.Count ?? 0) < most; at = text.IndexOf('@', at + 1))
        {
            var start = at;
            // Nothing parts an address from the Japanese or Chinese words before it: such signs count only where they stand alone.
            var cjk = at > 0 && EntityText.IsCjk(text[at - 1]);
            while (start > 0 && at - start < LongestLocal && (cjk ? EntityText.IsCjk(text[start - 1]) : IsLocal(text[start - 1]))) start--;
            while (start < at && !char.IsLetterOrDigit(text[start])) start++;
            var end = DomainEnd(text, at + 1);
            if (start == at || end < 0) continue;
            (found ??= []).Add((text[start..end].ToLowerInvariant(), new EntitySpan(start, end - start)));
        }
        return found ?? (IReadOnlyList<(string, EntitySpan)>)[];
    }

    // Behind the last label of two or more letters; -1 when there is none.
    private static int DomainEnd(string text, int start)
    {
        var (end, labelled) = (-1, start);
        for (var i = start; i <= text.Length && i - start <= LongestDomain; i++)
        {
            if (i < text.Length && (text[i] == '-' || (EntityText.IsCjk(text[labelled]) ? EntityText.IsCjk(text[i]) : EntityText.IsWordSign(text[i])))) continue;
            if (i == labelled || text[labelled] == '-') break;
            if (labelled > start && i - labelled is >= 2 and <= 24 && IsTop(text.AsSpan(labelled, i - labelled))) end = i;
            if (i == text.Length || text[i] != '.') break;
            labelled = i + 1;
        }
        return end;
    }

    private static bool IsTop(ReadOnlySpan<char> label)
    {
        if (label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var c in label)
            if (char.IsAsciiDigit(c) || c == '-') return false;
        return true;
    }

    private static bool IsLocal(char c) => EntityText.IsWordSign(c) || c is '.' or '_' or '%' or '+' or '-' or '\'';
}
