namespace AutoFlow.Workflows.Jq;

/// <summary>Kinds, conversions and errors.</summary>
internal static class Conversions
{
    public static Dictionary<string, Apply> Functions { get; } = new()
    {
        ["type/0"] = (_, input, _) => new JqString(input.TypeName),
        ["not/0"] = (_, input, _) => JqValue.From(!input.IsTruthy),
        ["tostring/0"] = (_, input, _) => input is JqString ? input : new JqString(input.ToJson()),
        ["tojson/0"] = (_, input, _) => new JqString(input.ToJson()),
        ["fromjson/0"] = FromJson,
        ["tonumber/0"] = ToNumber,
        ["toboolean/0"] = (m, input, _) => input switch
        {
            { Kind: JqKind.True or JqKind.False } => input,
            JqString { Text: "true" } => JqValue.True,
            JqString { Text: "false" } => JqValue.False,
            _ => m.Fail($"{ErrorText.Describe(input)} cannot be parsed as a boolean"),
        },
        ["error/0"] = (m, input, _) => m.Fail(input),
        ["error/1"] = (m, _, a) => m.Fail(a[0]),
        ["format/1"] = (m, input, a) => a[0] is JqString name && Formats.Find(name.Text) is { } format
            ? format(m, input, [])
            : m.Fail($"{Formats.Text(a[0])} is not a valid format"),
        ["now/0"] = (m, _, _) => m.Now is { } now
            ? JqValue.From((now - DateTimeOffset.UnixEpoch).TotalSeconds)
            : m.Fail("now is not available here"),
    };

    private static JqValue? FromJson(Machine m, JqValue input, JqValue[] arguments)
    {
        if (input is not JqString text)
            return m.Fail($"{ErrorText.Describe(input)} only strings can be parsed");
        m.Charge(text.Text.Length >> 3);
        var (value, error) = JsonTextReader.Read(text.Text, lenient: true);
        return value ?? (error is null ? JqValue.Null : m.Fail(error));
    }

    private static JqValue? ToNumber(Machine m, JqValue input, JqValue[] arguments)
    {
        if (input is JqNumber)
            return input;
        if (input is JqString text)
        {
            m.Charge(text.Text.Length >> 6);
            var digits = text.Text is ['+', not '-', ..] ? text.Text[1..] : text.Text;
            if (NumberSyntax.IsDecimal(digits))
                return JqNumber.Parse(digits);
            if (text.Text is "nan" or "-nan")
                return JqNumber.Of(double.NaN);
        }

        return m.Fail($"{ErrorText.Describe(input)} cannot be parsed as a number");
    }
}
