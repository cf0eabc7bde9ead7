using System.Globalization;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Entities;

/// <summary>Finds sums of money: a number with its currency before or behind it, "1.299,95 €", "$1,299.95", "1 299,95 zł", "5000円".</summary>
internal static class Amounts
{
    /// <summary>Most amounts taken from one text.</summary>
    public const int Most = 20;

    /// <summary>More digits than any price has.</summary>
    private const int MostDigits = 12;

    /// <param name="language">ISO 639-1; null when unknown. It decides what <c>kr</c> and <c>¥</c> are.</param>
    /// <param name="taken">What is known to be something else: dates; in order.</param>
    public static IReadOnlyList<AmountMention> Find(string text, string? language, IReadOnlyList<EntitySpan> taken)
    {
        List<AmountMention>? found = null;
        for (var i = text.AsSpan().IndexOfAnyInRange('0', '9'); i >= 0 && i < text.Length && (found?.Count ?? 0) < Most;)
        {
            var (end, amount) = Number(text, i);
            if (amount is { } value && !taken.Any(t => i >= t.Start && i < t.Start + t.Length) && WithCurrency(text, i, end, language) is { } mention)
            {
                (found ??= []).Add(new AmountMention(new EntitySpan(mention.Start, mention.End - mention.Start), value, mention.Currency));
                end = Math.Max(end, mention.End);
            }
            var next = text.AsSpan(end).IndexOfAnyInRange('0', '9');
            i = next < 0 ? text.Length : end + next;
        }
        return found ?? (IReadOnlyList<AmountMention>)[];
    }

    private static (int Start, int End, string Currency)? WithCurrency(string text, int start, int end, string? language)
    {
        if (start > 0 && (text[start - 1] is '.' or ',' || (char.IsLetterOrDigit(text[start - 1]) && !char.IsAsciiLetter(text[start - 1]) && !EntityText.IsCjk(text[start - 1])))) return null;
        if (Currencies.At(text, SkipSpace(text, end), language) is { } after) return IsGlued(text, start) ? null : (start, after.End, after.Currency);
        var before = start > 0 && text[start - 1] == ' ' ? start - 1 : start;
        return Currencies.Before(text, before, language) is { } left ? (left.Start, end, left.Currency) : null;
    }

    private static bool IsGlued(string text, int start) => start > 0 && (EntityText.IsWordSign(text[start - 1]) || text[start - 1] is '/' or '_');

    private static int SkipSpace(string text, int at) => at < text.Length && text[at] == ' ' ? at + 1 : at;

    // Groups of three digits parted by one sign; one or two digits behind the last dot or comma are cents; "12,-" has none.
    private static (int End, decimal? Amount) Number(string text, int start)
    {
        Span<char> digits = stackalloc char[MostDigits + 3];
        var length = 0;
        var end = Digits(text, start);
        if (end - start > MostDigits) return (end, null);
        Copy(text.AsSpan(start, end - start), digits, ref length);
        var grouping = '\0';
        while (end + 1 < text.Length && text[end] is '.' or ',' or ' ' or '\'' && char.IsAsciiDigit(text[end + 1]))
        {
            var sign = text[end];
            var to = Digits(text, end + 1);
            var count = to - end - 1;
            if (count == 3 && (grouping == sign || (grouping == '\0' && length <= 3)) && length + 3 <= MostDigits)
            {
                grouping = sign;
                Copy(text.AsSpan(end + 1, 3), digits, ref length);
                end = to;
                continue;
            }
            if (sign is '.' or ',' && sign != grouping && count is 1 or 2)
            {
                digits[length++] = '.';
                Copy(text.AsSpan(end + 1, count), digits, ref length);
                end = to;
            }
            break;
        }
        if (end + 1 < text.Length && text[end] is ',' or '.' && text[end + 1] == '-') end += 2;
        while (end < text.Length && text[end] == '-' && text[end - 1] == '-') end++;
        return (end, decimal.Parse(digits[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at;
    }

    private static void Copy(ReadOnlySpan<char> from, Span<char> to, ref int length)
    {
        from.CopyTo(to[length..]);
        length += from.Length;
    }
}
