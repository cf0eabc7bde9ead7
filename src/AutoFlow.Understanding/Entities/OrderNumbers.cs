using System.Text.RegularExpressions;

namespace AutoFlow.Understanding.Entities;

/// <summary>Finds the shop's order numbers. A plain number counts only where the text calls it an order, or writes it with <c>#</c>, or is nothing but the number.</summary>
public sealed class OrderNumbers
{
    /// <summary>Most numbers taken from one text.</summary>
    public const int Most = 20;

    private readonly Regex _pattern;

    /// <param name="pattern">The shop's order numbers, for example <c>#?\d{4,6}</c> or <c>AF-\d{5}</c>; case does not matter. No look-around or back-references.</param>
    /// <exception cref="ArgumentException">Not a regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    public OrderNumbers(string pattern) => _pattern = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Order numbers without <c>#</c>, upper case, in order of appearance, each once.</summary>
    public IReadOnlyList<string> Find(string text)
    {
        var found = new List<string>();
        var lastEnd = -1;
        foreach (Match match in _pattern.Matches(text))
        {
            var number = match.Value.TrimStart('#').ToUpperInvariant();
            if (number.Length == 0 || !StandsAlone(text, match.Index, match.Index + match.Length)) continue;
            var marked = match.Value[0] == '#' || (match.Index > 0 && text[match.Index - 1] == '#');
            if (!IsOrder(text, match, number, marked, lastEnd)) continue;
            lastEnd = match.Index + match.Length;
            if (!found.Contains(number)) found.Add(number);
            if (found.Count == Most) break;
        }
        return found;
    }

    private static bool IsOrder(string text, Match match, string number, bool marked, int lastEnd)
    {
        if (number.Any(char.IsAsciiLetter)) return true;
        if (FollowsOrder(text, lastEnd, match.Index)) return true;
        var context = NumberContext.Of(text, match.Index, match.Index + match.Length);
        var (kind, direct, distance) = context.NamedBefore();
        if (marked) return !(direct && kind is NumberWord.Phone or NumberWord.Postcode or NumberWord.Invoice or NumberWord.Customer);
        if (IsOnlyANumber(text)) return true;
        if (context.After.Count > 0 && NumberWords.Of(context.After[0]) is NumberWord.Unit) return false;
        if (kind == NumberWord.Order && direct) return !IsYear(number) || !context.Before.Take(distance).Any(w => NumberWords.Of(w) == NumberWord.Month);
        // "my order from last week, 10432": other words between, but no other number.
        if (kind == NumberWord.Order)
            return distance <= 6 && !IsYear(number) && !context.Before.Take(distance).Any(w => NumberContext.IsNumber(w) || NumberWords.Of(w) == NumberWord.Month)
                && !LooksLikePostcode(text, match.Index + match.Length, number);
        var after = context.NamedAfter();
        return kind == NumberWord.None && after is { Kind: NumberWord.Order, Direct: true, Distance: <= 4 } && !IsYear(number);
    }

    // "orders 1001, 1002 and 1003": the list goes on.
    private static bool FollowsOrder(string text, int lastEnd, int start)
    {
        if (lastEnd < 0 || start - lastEnd > 8) return false;
        return text[lastEnd..start].Trim(' ', ',', ';', '&', '+', '/', '#', '\n').ToLowerInvariant() is "" or "and" or "und" or "et" or "y" or "e" or "en" or "i" or "oraz" or "or" or "oder" or "ou" or "o" or "of" or "lub";
    }

    private static bool IsYear(string number) => number.Length == 4 && (number.StartsWith("19", StringComparison.Ordinal) || number.StartsWith("20", StringComparison.Ordinal));

    // Five digits before a capitalised word are a German, French, Spanish or Italian postcode with its town.
    private static bool LooksLikePostcode(string text, int end, string number) =>
        number.Length == 5 && end + 1 < text.Length && text[end] == ' ' && char.IsUpper(text[end + 1]);

    private static bool IsOnlyANumber(string text) => text.Length < 30 && text.Count(char.IsLetter) <= 8 && !text.Contains('\n', StringComparison.Ordinal);

    // Not a part of a longer number, a price, a date, a link or an address.
    private static bool StandsAlone(string text, int start, int end)
    {
        if (start > 0)
        {
            var c = text[start - 1];
            if (char.IsLetterOrDigit(c) || c is '_' or '@' or '=' or '€' or '$' or '£' or '+') return false;
            if (c is '.' or ',' or '-' or '/' or ':' && start > 1 && char.IsDigit(text[start - 2])) return false;
            if (c is ' ' or '\u00a0' && start > 1 && (text[start - 2] is '€' or '$' or '£' || IsDigitGroup(text, start - 2))) return false;
            if (c is '/' or '-' && start > 1 && char.IsLetterOrDigit(text[start - 2])) return false;
        }
        if (end >= text.Length) return true;
        var next = text[end];
        if (char.IsLetterOrDigit(next) || next is '_' or '@' or '€' or '$' or '£' or '%') return false;
        if (next is '.' or ',' or '-' or '/' or ':' && end + 1 < text.Length && char.IsDigit(text[end + 1])) return false;
        return !(next is ' ' or '\u00a0' && end + 1 < text.Length && (text[end + 1] is '€' or '$' or '£' || IsDigitGroup(text, end + 1)));
    }

    // "0034 0434 1610": groups of a longer number. "1001 1002" would be one too; people part order numbers by commas or words.
    private static bool IsDigitGroup(string text, int at) => char.IsDigit(text[at]);
}
