namespace AutoFlow.Workflows.Jq;

/// <summary>Dates. There is one time zone, UTC: the local one would make a run depend on the machine.</summary>
internal static class Dates
{
    public static Dictionary<string, Apply> Functions { get; } = new()
    {
        ["gmtime/0"] = (m, input, _) => Break(m, input, "gmtime() requires a number"),
        ["localtime/0"] = (m, input, _) => Break(m, input, "localtime() requires a number"),
        ["mktime/0"] = (m, input, _) => input is not JqArray
            ? m.Fail("mktime requires array of 6 numbers")
            : CivilTime.FromValue(input) is { } time ? JqValue.From(time.ToSeconds()) : m.Fail("mktime requires parsed datetime inputs"),
        ["timegm/0"] = (m, input, _) =>
            CivilTime.FromValue(input) is { } time ? JqValue.From(time.ToSeconds()) : m.Fail("mktime requires parsed datetime inputs"),
        ["strftime/1"] = (m, input, a) => Format(m, input, a[0], "strftime/1"),
        ["strflocaltime/1"] = (m, input, a) => Format(m, input, a[0], "strflocaltime/1"),
        ["strptime/1"] = (m, input, a) => input is JqString text && a[0] is JqString format
            ? DateFormat.Parse(text.Text, format.Text) is { } time
                ? time.ToValue()
                : m.Fail($"date \"{text.Text}\" does not match format \"{format.Text}\"")
            : m.Fail("strptime/1 requires string inputs and arguments"),
    };

    private static JqValue? Break(Machine m, JqValue input, string message) =>
        input is JqNumber number
            ? CivilTime.FromSeconds(number.Value)?.ToValue() ?? m.Fail("error converting number of seconds since epoch to datetime")
            : m.Fail(message);

    private static JqValue? Format(Machine m, JqValue input, JqValue format, string name)
    {
        var time = input is JqNumber number ? CivilTime.FromSeconds(number.Value) : CivilTime.FromValue(input);
        if (time is null)
            return m.Fail($"{name} requires parsed datetime inputs");
        if (format is not JqString text)
            return m.Fail($"{name} requires a string format");
        return m.Made(new JqString(DateFormat.Format(time.Value, text.Text)));
    }
}
