using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Entities;

/// <summary>Finds articles: numbers that the text calls so ("art. nr. 48213", "SKU: LMP7"), and codes of capitals and digits with dashes ("AB-1234-XL").</summary>
internal static class ProductCodes
{
    /// <summary>Most codes taken from one text.</summary>
    public const int Most = 20;

    private const int Longest = 40, WordsBetween = 4;

    /// <param name="taken">What is known to be something else: orders, parcels, dates, amounts.</param>
    public static IReadOnlyList<ProductMention> Find(EntityText text, IReadOnlyCollection<EntitySpan> taken)
    {
        List<ProductMention>? found = null;
        for (var at = 0; at < text.Count && (found?.Count ?? 0) < Most;)
        {
            var code = text[at].Kind == NumberWord.Product ? Called(text, at) : null;
            code ??= IsStart(text, at) ? Code(text, at) : null;
            if (code is not { } span)
            {
                at++;
                continue;
            }
            var (start, end) = (text[span.First].Start, text[span.Last].End);
            at = span.Last + 1;
            if (taken.Any(t => start < t.Start + t.Length && t.Start < end)) continue;
            (found ??= []).Add(new ProductMention(new EntitySpan(start, end - start), text.Text[start..end].ToUpperInvariant()));
        }
        return found ?? (IReadOnlyList<ProductMention>)[];
    }

    private static (int First, int Last)? Called(EntityText text, int at)
    {
        for (var i = at + 1; i < text.Count && i <= at + WordsBetween && text[i].Sentence == text[at].Sentence; i++)
        {
            var last = Run(text, i);
            if (Digits(text, i, last) > 0)
            {
                var length = text[last].End - text[i].Start;
                var number = last == i && text[i].IsNumber;
                // "item 2 of 3", "model 2024" and "products for 1200 EUR" name no article.
                if (!IsStart(text, i) || length is < 3 or > Longest || (number && (length < 4 || (length == 4 && text.Signs(i)[..2] is "19" or "20"))) || IsQuantity(text, last)) return null;
                return (i, last);
            }
            if (last > i || text[i].Kind is not (NumberWord.Connector or NumberWord.Term or NumberWord.Product)) return null;
        }
        return null;
    }

    // Capitals and digits with a dash between; not "COVID-19", "D-10115 Berlin" or an order's or parcel's number with its name before it.
    private static (int First, int Last)? Code(EntityText text, int at)
    {
        var word = text[at];
        if (!word.IsAscii || !word.IsCapitals || at + 1 >= text.Count || NumberWords.Names(word.Kind) || text.GapAfter(at) is not ("-" or "_" or "/")) return null;
        var last = Run(text, at);
        if (last == at) return null;
        var (digits, letters) = (Digits(text, at, last), 0);
        for (var i = at; i <= last; i++)
        {
            if (!text[i].IsCapitals) return null;
            letters += text[i].Length - text[i].Digits;
        }
        var length = text[last].End - word.Start;
        if (letters == 0 || length is < 6 or > Longest || digits < (last - at >= 2 ? 2 : 3) || IsTown(text, at, last)) return null;
        return IsNumberOfSomethingElse(text, at, last) ? null : (at, last);
    }

    // "ticket TCK-90012", "Erstattungsnummer RF-55120", "ref 990412-B".
    private static bool IsNumberOfSomethingElse(EntityText text, int at, int last)
    {
        var before = new NumberContext(text, at, last).Before();
        if (before.Kind == NumberWord.Product && before.Distance <= WordsBetween) return false;
        if (before.Kind is not (NumberWord.None or NumberWord.Product or NumberWord.Ordered or NumberWord.Parcel) && (before.Direct || before.Distance <= 3)) return true;
        if (at == 0 || text[at - 1].Sentence != text[at].Sentence) return false;
        var name = text.Signs(at - 1);
        return text[at - 1].Kind == NumberWord.Term || name.EndsWith("nummer", StringComparison.OrdinalIgnoreCase) || name.EndsWith("nr", StringComparison.OrdinalIgnoreCase);
    }

    private static int Run(EntityText text, int at)
    {
        var last = at;
        while (last + 1 < text.Count && text[last + 1].IsAscii && text.GapAfter(last) is "-" or "_" or "/" or "." && (text[last + 1].HasDigit || text[last + 1].IsCapitals)) last++;
        return last;
    }

    private static int Digits(EntityText text, int first, int last)
    {
        var digits = 0;
        for (var i = first; i <= last; i++) digits += text[i].Digits;
        return digits;
    }

    private static bool IsQuantity(EntityText text, int last) => last + 1 < text.Count && text[last + 1].Kind is NumberWord.Unit or NumberWord.Month;

    private static bool IsTown(EntityText text, int at, int last) =>
        text[at].Length <= 2 && text[at].Digits == 0 && text[at + 1].IsNumber && last + 1 < text.Count && text.GapAfter(last) is " " && char.IsUpper(text.Text[text[last + 1].Start]);

    // Not the middle of a link, a path or an address.
    private static bool IsStart(EntityText text, int at) => text[at].Start == 0 || text.Text[text[at].Start - 1] is not ('-' or '_' or '/' or '.' or '@' or '=' or '&' or '?' or '%' or '€' or '$' or '£');
}
