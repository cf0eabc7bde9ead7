using System.Globalization;

namespace AutoFlow.EmbeddedHost.Triggers.Timer;

/// <summary>
/// The allowed values of one field of an NCRONTAB expression: <c>*</c>, a value, a range <c>a-b</c>, a step
/// <c>*/n</c>, <c>a-b/n</c> or <c>a/n</c>, and lists of these with commas.
/// </summary>
internal sealed class NcrontabField
{
    private readonly bool[] _allowed;

    private NcrontabField(FieldKind kind, bool[] allowed)
    {
        Kind = kind;
        _allowed = allowed;
    }

    /// <summary>Which field of the expression this is.</summary>
    public FieldKind Kind { get; }

    /// <summary>Whether a value is allowed.</summary>
    /// <param name="value">The value.</param>
    public bool Contains(int value) => _allowed[value - Kind.Minimum];

    /// <summary>The first allowed value that is not below another; null when there is none.</summary>
    /// <param name="value">The value to start from.</param>
    public int? FirstFrom(int value)
    {
        for (var candidate = Math.Max(value, Kind.Minimum); candidate <= Kind.Maximum; candidate++)
        {
            if (Contains(candidate))
                return candidate;
        }

        return null;
    }

    /// <summary>Reads a field.</summary>
    /// <param name="text">The field's text.</param>
    /// <param name="kind">Which field it is.</param>
    /// <exception cref="FormatException">The text is not a field; the message tells why.</exception>
    public static NcrontabField Parse(string text, FieldKind kind)
    {
        var allowed = new bool[kind.Maximum - kind.Minimum + 1];
        foreach (var part in text.Split(','))
            Allow(part, kind, allowed);
        return new NcrontabField(kind, allowed);
    }

    private static void Allow(string part, FieldKind kind, bool[] allowed)
    {
        var step = 1;
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var range = part;
        if (slash >= 0)
        {
            range = part[..slash];
            if (!int.TryParse(part.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1)
                throw new FormatException($"the step in '{part}' of the field {kind.Name} must be a whole number from 1");
        }

        var (first, last) = Range(range, kind, stepped: slash >= 0);
        for (var value = first; value <= last; value += step)
            allowed[value - kind.Minimum] = true;
    }

    private static (int First, int Last) Range(string range, FieldKind kind, bool stepped)
    {
        if (range == "*")
            return (kind.Minimum, kind.Maximum);

        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            var value = Value(range, kind);
            return (value, stepped ? kind.Maximum : value);
        }

        var (first, last) = (Value(range[..dash], kind), Value(range[(dash + 1)..], kind));
        return first <= last
            ? (first, last)
            : throw new FormatException(
                $"the range '{range}' of the field {kind.Name} runs backwards; write it as two ranges with a comma");
    }

    private static int Value(string text, FieldKind kind)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number >= kind.Minimum && number <= kind.Maximum
                ? number
                : throw new FormatException($"{number} is outside {kind.Minimum} to {kind.Maximum} of the field {kind.Name}");
        }

        // Three letters at the least: Microsoft's host takes any prefix, but "J" for January helps nobody.
        for (var index = 0; text.Length >= 3 && index < kind.Names.Count; index++)
        {
            if (kind.Names[index].StartsWith(text, StringComparison.OrdinalIgnoreCase))
                return kind.Minimum + index;
        }

        throw new FormatException($"'{text}' is no value of the field {kind.Name}");
    }
}

/// <summary>A field of an NCRONTAB expression: its name, its bounds, and the names of its values.</summary>
/// <param name="Name">The field's name in messages.</param>
/// <param name="Minimum">The lowest value.</param>
/// <param name="Maximum">The highest value.</param>
/// <param name="Names">English names of the values from the lowest on; empty where values have none.</param>
internal sealed record FieldKind(string Name, int Minimum, int Maximum, IReadOnlyList<string> Names)
{
    public static readonly FieldKind Second = new("second", 0, 59, []);
    public static readonly FieldKind Minute = new("minute", 0, 59, []);
    public static readonly FieldKind Hour = new("hour", 0, 23, []);
    public static readonly FieldKind Day = new("day", 1, 31, []);

    public static readonly FieldKind Month = new(
        "month", 1, 12, [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Where(static name => name.Length > 0)]);

    public static readonly FieldKind DayOfWeek = new(
        "day of week", 0, 6, CultureInfo.InvariantCulture.DateTimeFormat.DayNames);
}
