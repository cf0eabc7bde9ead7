using System.Globalization;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Entities;

/// <summary>Finds dates: in digits, with the month's name, and counted from the day the message came ("yesterday", "letzten Montag").</summary>
internal static class Dates
{
    /// <summary>Most dates taken from one text.</summary>
    public const int Most = 20;

    /// <summary>How far ahead a day without a year may lie.</summary>
    private const int DaysAhead = 90;

    // Before these, two numbers with a dot or stroke between them are a day and a month.
    private static readonly HashSet<string> Prepositions =
    [
        "am", "vom", "seit", "zum", "bis", "ab", "den", "dem", "le", "du", "el", "del", "il", "dal", "al",
        "op", "van", "dnia", "od", "z", "on", "of", "until", "since", "by",
    ];

    // "guten Morgen", "por la mañana": the time of day.
    private static readonly HashSet<string> TimeOfDay = ["guten", "goede", "am", "jeden", "den", "diesen", "heute", "gestern", "la", "esta", "una", "elke", "de"];

    /// <param name="language">ISO 639-1 of the text; null when unknown. It decides whether 03/04 is in March or April.</param>
    /// <param name="today">The day the message came.</param>
    public static IReadOnlyList<DateMention> Find(EntityText text, string? language, DateOnly today)
    {
        var found = new List<DateMention>();
        for (var at = 0; at < text.Count && found.Count < Most;)
        {
            var date = At(text, at, language, today);
            if (date is { } mention) found.Add(new DateMention(new EntitySpan(mention.Start, mention.End - mention.Start), mention.Date));
            at = date is { } taken ? Math.Max(at + 1, text.WordAt(taken.End)) : at + 1;
        }
        return found;
    }

    private readonly record struct Found(int Start, int End, DateOnly? Date);

    private static Found? At(EntityText text, int at, string? language, DateOnly today)
    {
        var word = text[at];
        if (word.HasDigit) return word.Length <= 4 ? InDigits(text, at, language, today) ?? WithMonthAfter(text, at, language, today) ?? DaysAgo(text, at, language, today) : null;
        if (word.Date is null) return null;
        return word.Date.In(language)?.Kind switch
        {
            DateWordKind.Month => WithMonthBefore(text, at, language, today),
            DateWordKind.Day => CountedDay(text, at, language, today),
            DateWordKind.Last or DateWordKind.Next or DateWordKind.Weekday or DateWordKind.Beyond => NamedWeekday(text, at, language, today) ?? Beyond(text, at, language, today),
            DateWordKind.LastWeek => new Found(word.Start, word.End, Monday(today).AddDays(word.Date.Value - 8)),
            DateWordKind.NextWeek => new Found(word.Start, word.End, Monday(today).AddDays(word.Date.Value + 6)),
            _ => null,
        };
    }

    // 2025-11-12, 12.11.2025, 12/11/25, 12.11., 2025年11月12日, 11月3日.
    private static Found? InDigits(EntityText text, int at, string? language, DateOnly today)
    {
        var one = text[at];
        if (!one.IsNumber) return null;
        var sign = one.End < text.Text.Length ? text.Text[one.End] : ' ';
        if (sign is '年' or '月') return InCjk(text, at, today);
        if (sign is not ('.' or '/' or '-') || at + 1 >= text.Count || !IsStart(text, one.Start)) return null;
        var two = text[at + 1];
        if (!two.IsNumber || two.Length > 2 || !IsGap(text, at, sign)) return null;
        if (at + 2 < text.Count && text[at + 2] is { IsNumber: true } three && IsGap(text, at + 1, sign) && IsEnd(text, three.End))
        {
            if (one.Length == 4 && three.Length <= 2) return Valid(one.Start, three.End, Number(text, at), Number(text, at + 1), Number(text, at + 2));
            if (one.Length <= 2 && three.Length is 2 or 4) return DayAndMonth(text, at, Year(Number(text, at + 2), three.Length), sign, language, three.End);
        }
        if (one.Length > 2 || sign == '-' || at == 0 || !Prepositions.Contains(Lower(text, at - 1))) return null;
        var end = sign == '.' && two.End < text.Text.Length && text.Text[two.End] == '.' ? two.End + 1 : two.End;
        if (!IsEnd(text, two.End) || (at + 2 < text.Count && text[at + 2].Kind == NumberWord.Unit && text[at + 2].Start - two.End <= 1)) return null;
        var guess = DayAndMonth(text, at, null, sign, language, end);
        return guess is { Date: { } date } ? guess.Value with { Date = Latest(date.Month, date.Day, today) } : guess;
    }

    // Dots always part day and month; strokes part month and day in the United States, and English alone does not tell.
    private static Found? DayAndMonth(EntityText text, int at, int? year, char sign, string? language, int end)
    {
        var (one, two) = (Number(text, at), Number(text, at + 1));
        // A leap year, so that 29 February is a date.
        var of = year ?? 2024;
        var dayFirst = Valid(text[at].Start, end, of, two, one);
        var monthFirst = Valid(text[at].Start, end, of, one, two);
        if (dayFirst is null || monthFirst is null) return dayFirst ?? monthFirst;
        var decided = one == two || sign == '.' || language is not (null or "en");
        return decided ? dayFirst : dayFirst.Value with { Date = null };
    }

    private static Found? InCjk(EntityText text, int at, DateOnly today)
    {
        var year = text[at].Length == 4 && text.Text[text[at].End] == '年' ? Number(text, at) : (int?)null;
        var month = year is null ? at : at + 2;
        if (month + 2 >= text.Count || !text[month].IsNumber || text[month].Length > 2 || (year is not null && text[month].Start != text[at].End + 1)) return null;
        var day = month + 2;
        if (text.Text[text[month].End] != '月' || text[day].Start != text[month].End + 1 || !text[day].IsNumber || text[day].Length > 2) return null;
        if (text[day].End >= text.Text.Length || text.Text[text[day].End] is not ('日' or '号' or '號')) return null;
        var (m, d) = (Number(text, month), Number(text, day));
        if (year is { } y) return Valid(text[at].Start, text[day].End + 1, y, m, d);
        return Latest(m, d, today) is { } date ? new Found(text[at].Start, text[day].End + 1, date) : null;
    }

    // 3 November 2025, 3. Nov., le 3 novembre, 1er mars, 3 de noviembre de 2025, 3rd of November, 3-Nov-2025.
    private static Found? WithMonthAfter(EntityText text, int at, string? language, DateOnly today)
    {
        if (Day(text, at) is not { } day || !IsStart(text, text[at].Start)) return null;
        var month = at + 1;
        if (month < text.Count && text[month].Length <= 2 && text[month].Kind == NumberWord.Connector) month++;
        if (month >= text.Count || Month(text, month, language) is not { } number) return null;
        for (var i = at; i < month; i++)
            if (!IsSmall(text.GapAfter(i), " .-°'")) return null;
        // "order 3 may be late".
        if (IsMay(text, month) && text[at].IsNumber && month == at + 1 && !char.IsUpper(text.Text[text[month].Start])) return null;
        return WithYear(text, text[at].Start, month, number, day, today);
    }

    // November 3rd, 2025: English only.
    private static Found? WithMonthBefore(EntityText text, int at, string? language, DateOnly today)
    {
        if (language is not (null or "en") || Month(text, at, language) is not { } number || at + 1 >= text.Count || Day(text, at + 1) is not { } day) return null;
        if (!IsSmall(text.GapAfter(at), " .") || !IsEnd(text, text[at + 1].End) || (text[at + 1].End < text.Text.Length && text.Text[text[at + 1].End] == ':')) return null;
        if (IsMay(text, at) && !char.IsUpper(text.Text[text[at].Start])) return null;
        return WithYear(text, text[at].Start, at + 1, number, day, today);
    }

    private static Found? WithYear(EntityText text, int start, int last, int month, int day, DateOnly today)
    {
        var year = last + 1;
        if (year < text.Count && text[year].Length <= 3 && text[year].Kind == NumberWord.Connector && text.GapAfter(last) is " ") year++;
        if (year < text.Count && text[year] is { IsNumber: true, Length: 4 } && Number(text, year) is >= 1970 and < 2100 && IsSmall(text.GapAfter(year - 1), " .,-"))
            return Valid(start, text[year].End, Number(text, year), month, day);
        return Latest(month, day, today) is { } date ? new Found(start, text[last].End, date) : null;
    }

    private static Found? CountedDay(EntityText text, int at, string? language, DateOnly today)
    {
        var word = text[at];
        var days = word.Date!.In(language)!.Value;
        var before = at > 0 && word.Start - text[at - 1].End == 1 ? Lower(text, at - 1) : "";
        if (language is "de" or "nl" or "es" && days == 1 && TimeOfDay.Contains(before)) return null;
        var end = days == 0 && Lower(text, at) == "aujourd" && at + 1 < text.Count ? text[at + 1].End : word.End;
        return new Found(word.Start, end, today.AddDays(days));
    }

    // "avant-hier", "the day before yesterday", "pasado mañana".
    private static Found? Beyond(EntityText text, int at, string? language, DateOnly today)
    {
        if (!text[at].Date!.Is(DateWordKind.Beyond, language) || at + 1 >= text.Count || !IsSmall(text.GapAfter(at), " -")) return null;
        if (text[at + 1].Date?.In(language) is not { Kind: DateWordKind.Day } day || day.Value is not (1 or -1)) return null;
        if (language is null or "en" && (at == 0 || Lower(text, at - 1) != "day")) return null;
        return new Found(language is null or "en" ? text[at - 1].Start : text[at].Start, text[at + 1].End, today.AddDays(day.Value * 2));
    }

    // "last Monday" is the latest one before today, "next Monday" the first one after it; a bare "Monday" may be either.
    private static Found? NamedWeekday(EntityText text, int at, string? language, DateOnly today)
    {
        if (at + 1 >= text.Count || text.GapAfter(at) is not " ") return null;
        var (weekday, side) = text[at].Date!.Is(DateWordKind.Weekday, language) ? (at, at + 1) : (at + 1, at);
        if (text[weekday].Date?.In(language) is not { Kind: DateWordKind.Weekday } day || text[side].Date is not { } which) return null;
        var (start, end) = (text[at].Start, text[at + 1].End);
        var number = ((int)today.DayOfWeek + 6) % 7 + 1;
        if (which.Is(DateWordKind.Last, language)) return new Found(start, end, today.AddDays(-((number - day.Value + 6) % 7) - 1));
        return which.Is(DateWordKind.Next, language) ? new Found(start, end, today.AddDays(((day.Value - number + 6) % 7) + 1)) : null;
    }

    // "3 days ago", "vor 3 Tagen", "il y a 3 jours", "3日前".
    private static Found? DaysAgo(EntityText text, int at, string? language, DateOnly today)
    {
        var word = text[at];
        if (!word.IsNumber || word.Length > 3 || at + 1 >= text.Count) return null;
        var ago = today.AddDays(-Number(text, at));
        var rest = text.Text.AsSpan(word.End);
        if (rest.StartsWith("日前") || rest.StartsWith("天前")) return new Found(word.Start, word.End + 2, ago);
        if (text.GapAfter(at) is not " " || text[at + 1].Date?.Is(DateWordKind.Days, language) != true) return null;
        if (at + 2 < text.Count && text[at + 2].Date?.Is(DateWordKind.Ago, language) == true) return new Found(word.Start, text[at + 2].End, ago);
        if (at == 0 || text[at - 1].Date?.Is(DateWordKind.Since, language) != true) return null;
        if (language != "fr") return new Found(text[at - 1].Start, text[at + 1].End, ago);
        return at >= 3 && Lower(text, at - 2) == "y" ? new Found(text[at - 3].Start, text[at + 1].End, ago) : null;
    }

    private static int? Day(EntityText text, int at)
    {
        var word = text[at];
        if (word.Digits is 0 or > 2 || word.Length > word.Digits + 3) return null;
        var signs = text.Signs(at);
        if (!word.IsNumber && signs[word.Digits..] is not ("st" or "nd" or "rd" or "th" or "er" or "e" or "º" or "ª" or "ste" or "de")) return null;
        return int.TryParse(signs[..word.Digits], NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 ? day : null;
    }

    private static int? Month(EntityText text, int at, string? language) =>
        text[at].Date?.In(language) is { Kind: DateWordKind.Month } month ? month.Value : null;

    private static bool IsMay(EntityText text, int at) => Lower(text, at) is "may" or "march" or "mars";

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    // A day without a year is the latest one, unless it comes soon: people write of what they bought and of when they need it.
    private static DateOnly? Latest(int month, int day, DateOnly today)
    {
        for (var year = today.Year + 1; year >= today.Year - 4; year--)
            if (Valid(0, 0, year, month, day) is { Date: { } date } && date.DayNumber - today.DayNumber <= DaysAhead) return date;
        return null;
    }

    private static Found? Valid(int start, int end, int year, int month, int day) =>
        year is >= 1900 and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new Found(start, end, new DateOnly(year, month, day)) : null;

    private static int Year(int number, int digits) => digits == 4 ? number : 2000 + number;

    private static int Number(EntityText text, int at) => int.Parse(text.Signs(at), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Lower(EntityText text, int at) => text.Signs(at).ToString().ToLowerInvariant();

    // "12.11.2025" and "12. 11. 2025".
    private static bool IsGap(EntityText text, int at, char sign) => text.GapAfter(at) is var gap && gap.Length is 1 or 2 && gap[0] == sign && (gap.Length == 1 || (sign == '.' && gap[1] == ' '));

    private static bool IsSmall(ReadOnlySpan<char> gap, string signs) => gap.Length is >= 1 and <= 3 && gap.IndexOfAnyExcept(signs) < 0;

    // Not a part of a longer number, a version or a path.
    private static bool IsStart(EntityText text, int start) => start == 0 || !(text.Text[start - 1] is '.' or '/' or '-' or ',' or ':' && start > 1 && char.IsLetterOrDigit(text.Text[start - 2]));

    private static bool IsEnd(EntityText text, int end) => end + 1 >= text.Text.Length || !(text.Text[end] is '.' or '/' or '-' or ',' or ':' && char.IsAsciiDigit(text.Text[end + 1]));
}
