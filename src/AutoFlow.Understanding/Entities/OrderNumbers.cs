using System.Text.RegularExpressions;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Entities;

/// <summary>Finds the shop's order numbers. A plain number counts only where the text calls it an order, or writes it with <c>#</c>, or is nothing but the number.</summary>
public sealed class OrderNumbers
{
    /// <summary>Most numbers taken from one text.</summary>
    public const int Most = 20;

    private static readonly HashSet<string> And = ["", "and", "und", "et", "y", "e", "en", "i", "oraz", "or", "oder", "ou", "o", "of", "lub", "と", "和", "或", "및"];

    private readonly Regex _pattern;

    /// <param name="pattern">The shop's order numbers, for example <c>#?\d{4,6}</c> or <c>AF-\d{5}</c>; case does not matter. No look-around or back-references.</param>
    /// <exception cref="ArgumentException">Not a regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    public OrderNumbers(string pattern) => _pattern = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Order numbers without <c>#</c>, upper case, in order of appearance, each once.</summary>
    public IReadOnlyList<string> Find(string text) => [.. Find(EntityText.Of(text)).Select(f => f.Number)];

    internal IReadOnlyList<(string Number, EntitySpan Span)> Find(EntityText text) => [.. All(text).DistinctBy(f => f.Number).Take(Most)];

    /// <summary>Every place of every order number.</summary>
    internal IReadOnlyList<(string Number, EntitySpan Span)> All(EntityText text)
    {
        var found = new List<(string Number, EntitySpan Span)>();
        var lastEnd = -1;
        foreach (var match in _pattern.EnumerateMatches(text.Text))
        {
            var (start, end) = (match.Index, match.Index + match.Length);
            var marked = false;
            for (; start < end && text.Text[start] == '#'; start++) marked = true;
            marked |= start > 0 && text.Text[start - 1] == '#';
            if (!HasWordSign(text.Text.AsSpan(start, end - start)) || !StandsAlone(text.Text, match.Index, end)) continue;
            var number = text.Text[start..end].ToUpperInvariant();
            if (!IsOrder(text, start, end, number, marked, lastEnd)) continue;
            lastEnd = end;
            found.Add((number, new EntitySpan(start, end - start)));
        }
        return found;
    }

    // A pattern may match strokes alone.
    private static bool HasWordSign(ReadOnlySpan<char> number)
    {
        foreach (var c in number)
            if (EntityText.IsWordSign(c) || EntityText.IsCjk(c)) return true;
        return false;
    }

    private static bool IsOrder(EntityText text, int start, int end, string number, bool marked, int lastEnd)
    {
        if (number.Any(char.IsAsciiLetter)) return true;
        if (FollowsOrder(text.Text, lastEnd, start)) return true;
        var first = text.WordAt(start);
        var context = new NumberContext(text, first, Math.Max(first, text.WordAt(end - 1)));
        var before = context.Before();
        if (marked) return !(before.Direct && before.Kind is NumberWord.Phone or NumberWord.Postcode or NumberWord.Invoice or NumberWord.Customer);
        if (context.IsFollowedBy(NumberWord.Unit)) return false;
        if (before.Kind is NumberWord.None && IsOnlyANumber(text.Text)) return true;
        if (before.Kind is NumberWord.Order or NumberWord.Ordered)
        {
            if (IsYear(number) && (!before.Direct || context.HasBefore(before.Distance, NumberWord.Month))) return false;
            // "my order from last week, 10432": other words between, but no other number.
            return before.Direct || (before.Distance <= 6 && !context.HasBefore(before.Distance, NumberWord.Month, orDigits: true) && !LooksLikePostcode(text.Text, end, number));
        }
        return before.Kind == NumberWord.None && !IsYear(number) && context.After() is { Kind: NumberWord.Order, Direct: true, Distance: <= 4 };
    }

    // "orders 1001, 1002 and 1003": the list goes on.
    private static bool FollowsOrder(string text, int lastEnd, int start) =>
        lastEnd >= 0 && start - lastEnd <= 8 && And.Contains(text[lastEnd..start].Trim(' ', ',', ';', '&', '+', '/', '#', '\n').ToLowerInvariant());

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
            if (EntityText.IsWordSign(c) || c is '_' or '@' or '=' or '€' or '$' or '£' or '¥' or '+') return false;
            if (c is '.' or ',' or '-' or '/' or ':' && start > 1 && char.IsDigit(text[start - 2])) return false;
            if (c is ' ' && start > 1 && (text[start - 2] is '€' or '$' or '£' or '¥' || char.IsDigit(text[start - 2]))) return false;
            if (c is '/' or '-' && start > 1 && EntityText.IsWordSign(text[start - 2])) return false;
        }
        if (end >= text.Length) return true;
        var next = text[end];
        if (EntityText.IsWordSign(next) || next is '_' or '@' or '€' or '$' or '£' or '%') return false;
        if (next is '.' or ',' or '-' or '/' or ':' && end + 1 < text.Length && char.IsDigit(text[end + 1])) return false;
        // "0034 0434 1610": groups of a longer number. "1001 1002" would be one too; people part order numbers by commas or words.
        return !(next is ' ' && end + 1 < text.Length && (text[end + 1] is '€' or '$' or '£' || char.IsDigit(text[end + 1])));
    }
}
