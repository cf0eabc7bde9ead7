using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Entities;

/// <summary>Finds parcel numbers: shape, check digit, and what the text calls the number.</summary>
public static class TrackingNumbers
{
    /// <summary>Most numbers taken from one text.</summary>
    public const int Most = 20;

    /// <summary>Parcel numbers without spaces, upper case, in order of appearance, each once.</summary>
    public static IReadOnlyList<TrackingNumberMention> Find(string text) => Find(EntityText.Of(text), []);

    /// <param name="taken">What is known to be something else, a date for example; in order.</param>
    internal static IReadOnlyList<TrackingNumberMention> Find(EntityText text, IReadOnlyList<EntitySpan> taken) =>
        [.. All(text, taken).Select(f => f.Mention).DistinctBy(m => m.Number).Take(Most)];

    /// <summary>Every place of every number. Sure: it can hardly be a phone or a card, for it has letters, speaks for itself or is called a tracking number.</summary>
    /// <param name="taken">What is known to be something else; in order.</param>
    internal static IReadOnlyList<(TrackingNumberMention Mention, bool IsSure)> All(EntityText text, IReadOnlyList<EntitySpan> taken)
    {
        var found = new List<(TrackingNumberMention, bool)>();
        var (other, free) = (0, 0);
        for (var at = 0; at < text.Count;)
        {
            while (other < taken.Count && taken[other].Start + taken[other].Length <= text[at].Start) other++;
            if (!MayStart(text, at) || IsInside(text, at, free) || (other < taken.Count && taken[other].Start <= text[at].Start))
            {
                at++;
                continue;
            }
            var (mention, sure, used) = Longest(text, at);
            if (used > 1 || mention is not null) free = at + used;
            if (mention is not null) found.Add((mention, sure));
            at += used;
        }
        return found;
    }

    private static (TrackingNumberMention? Mention, bool IsSure, int Used) Longest(EntityText text, int at)
    {
        Span<char> signs = stackalloc char[TrackingFormats.Longest];
        var length = text.Signs(at).ToUpperInvariant(signs);
        // A long run whose check digit is right is a whole number: what stands behind it is another one.
        if (length >= 12 && TrackingFormats.Match(signs[..length]).Any(c => c.Evidence < ParcelEvidence.Called)) return Claim(text, at, at, signs[..length]);
        var last = at;
        while (last + 1 < text.Count && length + text[last + 1].Length <= TrackingFormats.Longest && IsPart(text, last + 1) && IsJoin(text.GapAfter(last)))
            length += text.Signs(++last).ToUpperInvariant(signs[length..]);
        for (; last >= at; length -= text[last--].Length)
        {
            if (!TrackingFormats.HasLength(length) || !IsGrouped(text, at, last) || (last > at && last + 1 < text.Count && text[last + 1].IsNumber && text.GapAfter(last) is " " or "-")) continue;
            var claim = Claim(text, at, last, signs[..length]);
            if (claim.Used > 0) return claim;
        }
        return (null, false, 1);
    }

    // Used is 0 when it fits no format: a shorter number may.
    private static (TrackingNumberMention? Mention, bool IsSure, int Used) Claim(EntityText text, int at, int last, ReadOnlySpan<char> number)
    {
        if (number.IndexOfAnyInRange('0', '9') < 0) return (null, false, 0);
        var carriers = TrackingFormats.Match(number);
        if (carriers.Count == 0) return (null, false, 0);
        var speaks = carriers.Any(c => c.Evidence == ParcelEvidence.Shape);
        var letters = number.IndexOfAnyExceptInRange('0', '9') >= 0;
        var evidence = EvidenceFor(text, at, last, letters, speaks);
        var fitting = carriers.Where(c => c.Evidence <= evidence).Select(c => c.Carrier).ToList();
        if (fitting.Count == 0) return (null, false, last - at + 1);
        var mention = new TrackingNumberMention(Written(number), fitting, new EntitySpan(text[at].Start, text[last].End - text[at].Start));
        return (mention, letters || speaks || evidence == ParcelEvidence.Called, last - at + 1);
    }

    // What the text says of the number; null when it says that it is something else.
    private static ParcelEvidence? EvidenceFor(EntityText text, int at, int last, bool letters, bool speaks)
    {
        var context = new NumberContext(text, at, last);
        var (before, after) = (context.Before(), context.After());
        var sign = text[at].Start > 0 ? text.Text[text[at].Start - 1] : ' ';
        if (sign == '+' || (sign == '#' && before.Kind != NumberWord.Tracking)) return null;
        if (IsSomethingElse(before.Kind) && (before.Direct || !speaks)) return null;
        if (!letters && before is { Kind: NumberWord.Product, Direct: true } && context.IsNumberName(before.At)) return null;
        if (!speaks && (before.Kind == NumberWord.Product || (before.Kind == NumberWord.None && after.Direct && (IsSomethingElse(after.Kind) || after.Kind == NumberWord.Product)))) return null;
        if (context.IsCalledOrder(before, after))
        {
            // People say "my order 1Z…": letters and a right check digit weigh more than the word, unless it is called the order's number.
            if (!letters || !speaks) return null;
            return before is { Kind: NumberWord.Order, Direct: true } && (context.IsNumberName(before.At) || text.Signs(before.At).EndsWith("nummer", StringComparison.OrdinalIgnoreCase)) ? null : ParcelEvidence.Shape;
        }
        var order = letters && speaks ? null : context.FreeOrderWord();
        var rival = order ?? (letters || speaks ? null : context.FreePhoneWord());
        if (IsCalledTracking(context, before, rival, text)) return ParcelEvidence.Called;
        // "The delivery of my order: 1234", "my phone for the courier: 1234": an order, a phone, though a parcel is spoken of.
        if (rival is not null) return null;
        if (before.Kind is NumberWord.Tracking or NumberWord.Parcel) return before.Direct || before.Distance <= 4 ? ParcelEvidence.Parcel : ParcelEvidence.Shape;
        if (before.Kind == NumberWord.None && after.Kind is NumberWord.Tracking or NumberWord.Parcel && after.Distance <= 5)
            return after.Kind == NumberWord.Tracking && after.Direct ? ParcelEvidence.Called : ParcelEvidence.Parcel;
        // A message that is nothing but the number answers "what is your parcel number?".
        return before.Kind == NumberWord.None && after.Kind == NumberWord.None && text.HasFewLetters ? ParcelEvidence.Parcel : ParcelEvidence.Shape;
    }

    private static bool IsCalledTracking(NumberContext context, Naming before, int? rival, EntityText text)
    {
        if (before.Kind == NumberWord.Parcel) return context.IsNumberName(before.At);
        if (before.Kind != NumberWord.Tracking) return false;
        if (rival is not { } word) return before.Direct || before.Distance <= 4;
        // Beside an order or a phone, "tracking" alone may be the deed: "the order I am tracking is 1234".
        if (context.IsNumberName(before.At) || text.Signs(before.At).EndsWith("nummer", StringComparison.OrdinalIgnoreCase) || !text[before.At].IsAscii) return true;
        return context.Touches(before.At) && !context.IsNumberName(word);
    }

    private static bool IsSomethingElse(NumberWord kind) => kind is NumberWord.Phone or NumberWord.Postcode or NumberWord.Invoice or NumberWord.Customer;

    private static bool MayStart(EntityText text, int at)
    {
        var word = text[at];
        if (!word.IsAscii || word.Length > TrackingFormats.Longest) return false;
        if (word.HasDigit) return true;
        if (!IsLetters(text, at) || at + 1 >= text.Count || !IsJoin(text.GapAfter(at)) || !text[at + 1].IsAscii || !(text[at + 1].HasDigit || text[at + 1].Length == 1)) return false;
        // "MY NUMBER IS 1234": capitals say nothing among capitals.
        return word.Kind is not (NumberWord.Connector or NumberWord.Term) || at == 0 || !text[at - 1].IsCapitals;
    }

    // "1Z 88A 204 03 9921": a later group of a number that was not understood as a whole is no number.
    private static bool IsInside(EntityText text, int at, int free) =>
        at > free && text[at].Length < TrackingFormats.Shortest && text[at - 1] is { HasDigit: true, IsAscii: true } && text.GapAfter(at - 1) is " " or "-";

    private static bool IsPart(EntityText text, int at) => text[at].IsAscii && (text[at].HasDigit || IsLetters(text, at));

    // A prefix or a country: capitals, or two letters that are no word.
    private static bool IsLetters(EntityText text, int at) =>
        text[at].Length <= 4 && (text[at].IsCapitals || (text[at].Length == 2 && text[at].Kind is not (NumberWord.Connector or NumberWord.Term)));

    // Numbers are printed in groups.
    private static bool IsJoin(ReadOnlySpan<char> gap) => gap is " " or "-" or "." or "  " or "   ";

    // Letters stand at the ends of a grouped number; "on 12 May 2025" is no group.
    private static bool IsGrouped(EntityText text, int at, int last)
    {
        if (text.Signs(at).StartsWith("1Z", StringComparison.OrdinalIgnoreCase)) return true;
        for (var i = at + 1; i < last; i++)
            if (!text[i].IsNumber && text[i].Length > 1) return false;
        return last == at || text[last].HasDigit || text[last].Length <= 2;
    }

    // LaserShip writes its longest number with a dash, and knows it only so.
    private static string Written(ReadOnlySpan<char> number) => number.Length == 17 && number.StartsWith("1LS7") ? $"{number[..16]}-{number[16]}" : number.ToString();
}
