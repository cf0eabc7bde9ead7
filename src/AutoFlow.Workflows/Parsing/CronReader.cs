using System.Globalization;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Parsing;

/// <summary>What is wrong with a cron expression.</summary>
/// <param name="Offset">Where in the text.</param>
internal sealed record CronError(int Offset, string Message, string? Hint);

/// <summary>Reads cron expressions of five fields by crontab(5), with names of months and days and with macros such as <c>@daily</c>.</summary>
internal static class CronReader
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly Field[] Fields =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of the month", 1, 31, []),
        new("month", 1, 12, Months),
        // 7 is Sunday, too.
        new("day of the week", 0, 7, Days),
    ];

    private static readonly Dictionary<string, string> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    /// <summary>The schedule, or what is wrong: never both.</summary>
    public static (CronSchedule? Schedule, CronError? Error) Read(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith('@') && !Macros.ContainsKey(trimmed))
            return (null, new CronError(0, $"unknown schedule '{trimmed}'", NearestWord.Hint(trimmed, Macros.Keys)));
        var words = Words(Macros.GetValueOrDefault(trimmed, text));
        if (words.Count != Fields.Length)
        {
            var hint = words.Count == Fields.Length + 1 ? "leave the field for seconds out" : "as 0 9 * * mon-fri, at 9:00 UTC on weekdays";
            return (null, new CronError(0, $"a cron expression has 5 fields (minute, hour, day of the month, month, day of the week), not {words.Count}", hint));
        }

        var sets = new ulong[Fields.Length];
        for (var i = 0; i < Fields.Length; i++)
        {
            var (set, error) = Set(Fields[i], words[i].Text);
            if (error is not null) return (null, error with { Offset = words[i].Offset + error.Offset });
            sets[i] = set;
        }

        var weekdays = (sets[4] | sets[4] >> 7) & 0x7F;
        var eitherDay = !words[2].Text.StartsWith('*') && !words[4].Text.StartsWith('*');
        var schedule = new CronSchedule(text, sets[0], sets[1], sets[2], sets[3], weekdays, eitherDay);
        return schedule.Comes
            ? (schedule, null)
            : (null, new CronError(words[2].Offset, $"'{text}' never comes: no such day is in these months", null));
    }

    private static List<(int Offset, string Text)> Words(string text)
    {
        var words = new List<(int, string)>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
            words.Add((start, text[start..at]));
        }

        return words;
    }

    /// <summary>A list of ranges with steps, as bits.</summary>
    private static (ulong Set, CronError? Error) Set(Field field, string text)
    {
        var set = 0UL;
        var offset = 0;
        foreach (var part in text.Split(','))
        {
            var (bits, message, hint) = Range(field, part);
            if (message is not null) return (0, new CronError(offset, $"{field.Name}: {message}", hint));
            set |= bits;
            offset += part.Length + 1;
        }

        return (set, null);
    }

    private static (ulong Bits, string? Message, string? Hint) Range(Field field, string text)
    {
        var (range, step) = text.Split('/') switch
        {
            [var whole] => (whole, "1"),
            [var before, var after] => (before, after),
            _ => ("", ""),
        };
        if (!int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var by) || by == 0 || by > field.Highest)
            return (0, $"'{text}' has no whole number from 1 to {field.Highest} after its '/'", null);
        var (first, last) = range == "*" ? (field.Lowest, field.Highest) : range.Split('-') switch
        {
            [var one] => (field.Value(one), field.Value(one)),
            [var from, var to] => (field.Value(from), field.Value(to, isEnd: true)),
            _ => (-1, -1),
        };
        if (first < 0 || last < 0)
        {
            var names = field.Names.Length > 0 ? $" or {field.Names[0]} to {field.Names[^1]}" : "";
            return (0, $"'{text}' is not in {field.Lowest} to {field.Highest}{names}", field.Nearest(range));
        }

        if (first > last) return (0, $"'{range}' goes backwards", $"write {range.Split('-')[0]}-{field.Highest},{field.Lowest}-{range.Split('-')[1]}");
        if (step != "1" && range != "*" && !range.Contains('-', StringComparison.Ordinal))
            return (0, $"'{text}' steps through one value only", $"write {range}-{field.Highest}/{step}");
        var bits = 0UL;
        for (var value = first; value <= last; value += by) bits |= 1UL << value;
        return (bits, null, null);
    }

    /// <summary>A field of a cron expression, with the range of its values and the names they may have.</summary>
    private sealed record Field(string Name, int Lowest, int Highest, string[] Names)
    {
        /// <summary>The value; -1 when it is none.</summary>
        /// <param name="isEnd">Whether it ends a range, where Sunday comes after Saturday.</param>
        public int Value(string text, bool isEnd = false)
        {
            var name = Array.FindIndex(Names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (name >= 0) return isEnd && name == 0 && Lowest == 0 ? Highest : name + Lowest;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= Lowest && value <= Highest
                ? value
                : -1;
        }

        public string? Nearest(string text) => Names.Length > 0 && text.Any(char.IsAsciiLetter) ? NearestWord.Hint(text, Names) : null;
    }
}
