using System.Text;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Entities;

/// <summary>Finds parcel numbers: shape, check digit, and what the text calls the number.</summary>
public static class TrackingNumbers
{
    /// <summary>Most numbers taken from one text.</summary>
    public const int Most = 20;

    /// <summary>Numbers are printed in groups; at most so many are joined.</summary>
    private const int MostGroups = 8;

    /// <summary>Parcel numbers without spaces, upper case, in order of appearance, each once.</summary>
    public static IReadOnlyList<TrackingNumberMention> Find(string text)
    {
        var found = new List<TrackingNumberMention>();
        var groups = Groups(text);
        for (var at = 0; at < groups.Count && found.Count < Most;)
        {
            var (mention, used) = Longest(text, groups, at);
            if (mention is not null && found.TrueForAll(f => f.Number != mention.Number)) found.Add(mention);
            at += used;
        }
        return found;
    }

    private static (TrackingNumberMention? Mention, int Used) Longest(string text, List<(int Start, int End)> groups, int at)
    {
        var last = at;
        var length = groups[at].End - groups[at].Start;
        while (last + 1 < groups.Count && last - at + 1 < MostGroups && IsJoined(text, groups[last].End, groups[last + 1].Start)
            && length + groups[last + 1].End - groups[last + 1].Start <= TrackingFormats.Longest)
        {
            last++;
            length += groups[last].End - groups[last].Start;
        }
        for (var end = last; end >= at; end--)
        {
            var number = Join(text, groups, at, end);
            if (number.Length is < TrackingFormats.Shortest or > TrackingFormats.Longest || !number.Any(char.IsAsciiDigit)) continue;
            if (end > at && !IsGrouped(text, groups, at, end)) continue;
            var carriers = TrackingFormats.Match(number);
            if (carriers.Count == 0) continue;
            var speaks = carriers.Any(c => c.Speaks);
            if (!IsClaimed(text, groups[at].Start, groups[end].End, number, speaks)) return (null, end - at + 1);
            return (new TrackingNumberMention(number, [.. carriers.Where(c => c.Speaks == speaks).Select(c => c.Carrier)]), end - at + 1);
        }
        return (null, 1);
    }

    private static bool IsClaimed(string text, int start, int end, string number, bool speaks)
    {
        var context = NumberContext.Of(text, start, end);
        var (kind, direct, _) = context.NamedBefore();
        var after = context.NamedAfter();
        var letters = number.Any(char.IsAsciiLetter);
        var marked = start > 0 && text[start - 1] == '#';
        if (marked && kind is not NumberWord.Tracking) return false;
        if (kind is NumberWord.Phone or NumberWord.Postcode or NumberWord.Invoice or NumberWord.Customer && (direct || !speaks)) return false;
        if (start > 0 && text[start - 1] == '+') return false;
        if (kind == NumberWord.Order)
        {
            // People say "my order 1Z…": letters and a right check digit weigh more than the word, unless it is called the order's number.
            if (!letters || !speaks) return false;
            return !direct || !context.Before.Take(4).Any(w => w is "number" or "no" or "nr" or "num" or "nummer" or "numero" or "numer" or "id" || w.EndsWith("nummer", StringComparison.Ordinal));
        }
        if (speaks) return kind == NumberWord.Tracking || after.Kind != NumberWord.Order || !after.Direct;
        if (kind == NumberWord.Tracking) return true;
        if (kind == NumberWord.None && after is { Kind: NumberWord.Tracking, Distance: <= 5 }) return true;
        // A message that is nothing but the number answers "what is your parcel number?".
        return kind == NumberWord.None && after.Kind == NumberWord.None && text.Count(char.IsLetter) <= 8 && number.Length >= 10;
    }

    // Runs of letters and digits that hold a digit, or are a short prefix in capitals.
    private static List<(int Start, int End)> Groups(string text)
    {
        var groups = new List<(int, int)>();
        for (var i = 0; i < text.Length;)
        {
            if (!IsSign(text[i]))
            {
                i++;
                continue;
            }
            var start = i;
            while (i < text.Length && (IsSign(text[i]) || char.IsLetterOrDigit(text[i]))) i++;
            var run = text.AsSpan(start, i - start);
            if (run.Length <= TrackingFormats.Longest && (run.IndexOfAnyInRange('0', '9') >= 0 || (run.Length <= 4 && (run.Length == 2 || IsCapitals(run))))) groups.Add((start, i));
        }
        return groups;
    }

    private static bool IsSign(char c) => char.IsAsciiLetterOrDigit(c);

    private static bool IsCapitals(ReadOnlySpan<char> run)
    {
        foreach (var c in run)
            if (!char.IsAsciiLetterUpper(c)) return false;
        return true;
    }

    private static bool IsJoined(string text, int end, int start) => start - end == 1 && text[end] is ' ' or '-' or '.' or '\u00a0';

    // Letters stand at the ends of a grouped number; "on 12 May 2025" is no group.
    private static bool IsGrouped(string text, List<(int Start, int End)> groups, int at, int end)
    {
        for (var i = at + 1; i < end; i++)
            if (text.AsSpan(groups[i].Start, groups[i].End - groups[i].Start).IndexOfAnyExceptInRange('0', '9') >= 0 && !text.AsSpan(groups[at].Start, 2).StartsWith("1Z", StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    private static string Join(string text, List<(int Start, int End)> groups, int at, int end)
    {
        var number = new StringBuilder();
        for (var i = at; i <= end; i++) number.Append(text, groups[i].Start, groups[i].End - groups[i].Start);
        return number.ToString().ToUpperInvariant();
    }
}
