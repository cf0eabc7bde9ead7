using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Entities;

namespace AutoFlow.Understanding.Privacy;

/// <summary>Finds phone numbers: with a plus or a leading zero (ITU-T E.164, E.123), or where the text calls them so. At most 15 digits.</summary>
internal static class PhoneNumbers
{
    private const int Fewest = 7, FewestUnnamed = 9, MostDigits = 15;

    /// <summary>The phone number that starts with a word; null when none does.</summary>
    public static EntitySpan? Find(EntityText text, int at)
    {
        if (!text[at].IsNumber) return null;
        var start = text[at].Start;
        var open = start > 0 && text.Text[start - 1] == '(';
        if (open) start--;
        var plus = start > 0 && text.Text[start - 1] == '+';
        if (plus) start--;
        if (start > 0 && (EntityText.IsWordSign(text.Text[start - 1]) || text.Text[start - 1] is '#' or '=' or '_' or '€' or '$' or '£')) return null;
        // A part of a longer number; "Tel.0171" is none.
        if (start > 1 && text.Text[start - 1] is '/' or '-' or '.' or ',' && char.IsDigit(text.Text[start - 2])) return null;
        var (last, digits) = (at, text[at].Length);
        while (last + 1 < text.Count && text[last + 1].IsNumber && IsGap(text.GapAfter(last)) && digits + text[last + 1].Length <= MostDigits) digits += text[++last].Length;
        if (digits is < Fewest or > MostDigits || (last + 1 < text.Count && text[last + 1].HasDigit && IsGap(text.GapAfter(last)) && !plus)) return null;
        if (!plus && !IsCalledPhone(text, at, last))
        {
            if (text.Text[text[at].Start] != '0' || digits < FewestUnnamed) return null;
            var context = new NumberContext(text, at, last);
            var before = context.Before();
            // "Ring me before delivery: 0171…": a parcel is spoken of, but only "parcel number" names the number.
            if (NumberWords.Names(before.Kind) && before.Direct && (before.Kind != NumberWord.Parcel || context.IsNumberName(before.At))) return null;
        }
        else if (plus && digits < 8) return null;
        return new EntitySpan(start, text[last].End - start);
    }

    private static bool IsCalledPhone(EntityText text, int at, int last)
    {
        var before = new NumberContext(text, at, last).Before();
        // "[PHONE] 1234567": a placeholder names nothing.
        return before.Kind == NumberWord.Phone && (before.Direct || before.Distance <= 3) && !(text[before.At].Start > 0 && text.Text[text[before.At].Start - 1] == '[');
    }

    private static bool IsGap(ReadOnlySpan<char> gap) => gap is " " or "-" or "." or "/" or ")" or ") " or " (" or "(" or " - " or " / " or "  " or ")-";
}
