using System.Globalization;
using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>The conversions of POSIX <c>strftime</c> and <c>strptime</c> in the C locale and UTC.</summary>
internal static class DateFormat
{
    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    private static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static string Format(CivilTime time, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
                text.Append(format[i]);
            else
                text.Append(Convert(time, format[++i]));
        }

        return text.ToString();
    }

    /// <summary>The time, with week day and day of the year computed; null when the text does not fit.</summary>
    public static CivilTime? Parse(string text, string format)
    {
        var parser = new Reader(text);
        return parser.Read(format) && parser.AtEnd ? parser.ToTime() : null;
    }

    private static string Convert(CivilTime t, char conversion) => conversion switch
    {
        'Y' => Number(t.Year, 1),
        'C' => Number(t.Year / 100, 2),
        'y' => Number(((t.Year % 100) + 100) % 100, 2),
        'm' => Number(t.Month + 1, 2),
        'd' => Number(t.Day, 2),
        'e' => Number(t.Day, 1).PadLeft(2),
        'H' => Number(t.Hour, 2),
        'k' => Number(t.Hour, 1).PadLeft(2),
        'I' => Number(((t.Hour + 11) % 12) + 1, 2),
        'l' => Number(((t.Hour + 11) % 12) + 1, 1).PadLeft(2),
        'M' => Number(t.Minute, 2),
        'S' => Number((long)t.Second, 2),
        'j' => Number(t.YearDay + 1, 3),
        'p' => t.Hour < 12 ? "AM" : "PM",
        'P' => t.Hour < 12 ? "am" : "pm",
        'A' => Name(Days, t.WeekDay),
        'a' => Name(Days, t.WeekDay)[..3],
        'B' => Name(Months, t.Month),
        'b' or 'h' => Name(Months, t.Month)[..3],
        'u' => Number(t.WeekDay == 0 ? 7 : t.WeekDay, 1),
        'w' => Number(t.WeekDay, 1),
        'U' => Number((t.YearDay + 7 - t.WeekDay) / 7, 2),
        'W' => Number((t.YearDay + 7 - ((t.WeekDay + 6) % 7)) / 7, 2),
        'V' => Number(IsoWeek(t).Week, 2),
        'G' => Number(IsoWeek(t).Year, 1),
        'g' => Number(IsoWeek(t).Year % 100, 2),
        's' => Number((long)t.ToSeconds(), 1),
        'Z' => "UTC",
        'z' => "+0000",
        'F' => Format(t, "%Y-%m-%d"),
        'T' => Format(t, "%H:%M:%S"),
        'R' => Format(t, "%H:%M"),
        'r' => Format(t, "%I:%M:%S %p"),
        'D' or 'x' => Format(t, "%m/%d/%y"),
        'X' => Format(t, "%H:%M:%S"),
        'c' => Format(t, "%a %b %e %H:%M:%S %Y"),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => $"%{conversion}",
    };

    private static string Number(long value, int digits) => value.ToString("D" + digits, CultureInfo.InvariantCulture);

    private static string Name(string[] names, int index) => (uint)index < (uint)names.Length ? names[index] : "???";

    /// <summary>ISO 8601: the week belongs to the year its Thursday is in.</summary>
    private static (long Year, int Week) IsoWeek(CivilTime t)
    {
        var thursday = CivilTime.FromDate(t.Year, t.Month, t.Day + 3 - ((t.WeekDay + 6) % 7), 0, 0, 0);
        var day = CivilTime.FromSeconds(thursday.ToSeconds()) ?? t;
        return (day.Year, (day.YearDay / 7) + 1);
    }

    private sealed class Reader(string text)
    {
        private int at;
        private long year = 1900;
        private int month;
        private int day;
        private int hour;
        private int minute;
        private double second;
        private bool? afternoon;
        private double? epoch;

        public bool AtEnd => at == text.Length;

        public CivilTime? ToTime()
        {
            if (epoch is { } seconds)
                return CivilTime.FromSeconds(seconds);
            var hours = afternoon is { } pm ? (hour % 12) + (pm ? 12 : 0) : hour;
            return CivilTime.FromDate(year, month, day, hours, minute, second);
        }

        public bool Read(string format)
        {
            for (var i = 0; i < format.Length; i++)
            {
                var c = format[i];
                if (char.IsWhiteSpace(c))
                    SkipSpace();
                else if (c != '%' || i + 1 == format.Length)
                {
                    if (at == text.Length || text[at++] != c)
                        return false;
                }
                else if (!Convert(format[++i]))
                    return false;
            }

            return true;
        }

        private bool Convert(char conversion)
        {
            switch (conversion)
            {
                case 'Y':
                    return Number(4, long.MinValue, long.MaxValue, out year);
                case 'y':
                    var ok = Number(2, 0, 99, out year);
                    year += year < 69 ? 2000 : 1900;
                    return ok;
                case 'm':
                    return Small(2, 1, 12, out month) && --month >= 0;
                case 'd' or 'e':
                    return Small(2, 1, 31, out day);
                case 'H' or 'k':
                    return Small(2, 0, 23, out hour);
                case 'I' or 'l':
                    return Small(2, 1, 12, out hour);
                case 'M':
                    return Small(2, 0, 59, out minute);
                case 'S':
                    var read = Small(2, 0, 60, out var whole);
                    second = whole;
                    return read;
                case 'j':
                    var known = Small(3, 1, 366, out day);
                    month = 0;
                    return known;
                case 's':
                    var stamped = Number(18, 0, long.MaxValue, out var seconds);
                    epoch = seconds;
                    return stamped;
                case 'A' or 'a':
                    return Word(Days, out _);
                case 'B' or 'b' or 'h':
                    return Word(Months, out month);
                case 'p' or 'P':
                    var half = Word(["AM", "PM"], out var index);
                    afternoon = index == 1;
                    return half;
                case 'u' or 'w':
                    return Small(1, 0, 7, out _);
                case 'U' or 'W' or 'V':
                    return Small(2, 0, 53, out _);
                case 'Z':
                    while (at < text.Length && char.IsAsciiLetter(text[at]))
                        at++;
                    return true;
                case 'z':
                    return Zone();
                case 'F':
                    return Read("%Y-%m-%d");
                case 'T' or 'X':
                    return Read("%H:%M:%S");
                case 'R':
                    return Read("%H:%M");
                case 'r':
                    return Read("%I:%M:%S %p");
                case 'D' or 'x':
                    return Read("%m/%d/%y");
                case 'c':
                    return Read("%a %b %e %H:%M:%S %Y");
                case 'n' or 't':
                    SkipSpace();
                    return true;
                case '%':
                    return at < text.Length && text[at++] == '%';
                default:
                    return false;
            }
        }

        private bool Small(int digits, int least, int greatest, out int value)
        {
            var read = Number(digits, least, greatest, out var number);
            value = (int)number;
            return read;
        }

        private bool Number(int digits, long least, long greatest, out long value)
        {
            SkipSpace();
            value = 0;
            var start = at;
            while (at < text.Length && at - start < digits && char.IsAsciiDigit(text[at]))
                value = (value * 10) + text[at++] - '0';
            return at > start && value >= least && value <= greatest;
        }

        private bool Word(string[] names, out int index)
        {
            for (index = 0; index < names.Length; index++)
            {
                foreach (var name in new[] { names[index], names[index][..Math.Min(3, names[index].Length)] })
                {
                    if (string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) != 0)
                        continue;
                    at += name.Length;
                    return true;
                }
            }

            return false;
        }

        /// <summary>The offset is read over, as the C library does for jq: the fields stay as written.</summary>
        private bool Zone()
        {
            SkipSpace();
            if (at < text.Length && text[at] == 'Z')
            {
                at++;
                return true;
            }

            if (at == text.Length || text[at++] is not ('+' or '-') || !Small(2, 0, 24, out _))
                return false;
            if (at < text.Length && text[at] == ':')
                at++;
            return Small(2, 0, 59, out _);
        }

        private void SkipSpace()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
        }
    }
}
