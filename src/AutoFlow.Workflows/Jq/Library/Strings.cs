using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>Strings but for regular expressions and formats.</summary>
internal static class Strings
{
    public static Dictionary<string, Apply> Functions { get; } = new()
    {
        ["ascii_downcase/0"] = (m, input, _) => input is JqString s
            ? new JqString(s.Text.Any(char.IsAsciiLetterUpper) ? MapAscii(s.Text, char.IsAsciiLetterUpper, 32) : s.Text)
            : m.Fail("ascii_downcase input must be a string"),
        ["ascii_upcase/0"] = (m, input, _) => input is JqString s
            ? new JqString(MapAscii(s.Text, char.IsAsciiLetterLower, -32))
            : m.Fail("ascii_upcase input must be a string"),
        ["startswith/1"] = (m, input, a) => input is JqString s && a[0] is JqString t
            ? Compared(m, t.Text, s.Text.StartsWith(t.Text, StringComparison.Ordinal))
            : m.Fail("startswith() requires string inputs"),
        ["endswith/1"] = (m, input, a) => input is JqString s && a[0] is JqString t
            ? Compared(m, t.Text, s.Text.EndsWith(t.Text, StringComparison.Ordinal))
            : m.Fail("endswith() requires string inputs"),
        ["ltrimstr/1"] = (m, input, a) => TrimStart(m, input, a[0]),
        ["rtrimstr/1"] = (m, input, a) => TrimEnd(m, input, a[0]),
        ["trimstr/1"] = (m, input, a) => TrimStart(m, input, a[0]) is { } rest ? TrimEnd(m, rest, a[0]) : null,
        ["trim/0"] = (m, input, _) => Trim(m, input, s => s.Trim()),
        ["ltrim/0"] = (m, input, _) => Trim(m, input, s => s.TrimStart()),
        ["rtrim/0"] = (m, input, _) => Trim(m, input, s => s.TrimEnd()),
        ["split/1"] = (m, input, a) => input is JqString s && a[0] is JqString t
            ? Operators.Split(m, s.Text, t.Text)
            : m.Fail("split input and separator must be strings"),
        ["explode/0"] = (m, input, _) => input is JqString s
            ? JqArray.Of([.. s.Text.EnumerateRunes().Select(r => JqValue.From(r.Value))])
            : m.Fail("explode input must be a string"),
        ["implode/0"] = (m, input, _) => Implode(m, input),
        ["utf8bytelength/0"] = (m, input, _) => input is JqString s
            ? JqValue.From(ByteCount(m, s.Text))
            : m.Fail($"{ErrorText.Describe(input)} only strings have UTF-8 byte length"),
        ["_strindices/1"] = (m, input, a) => FindAll(m, input, a[0]),
        ["join/1"] = (m, input, a) => Join(m, input, a[0]),
    };

    public static JqValue Concat(Machine m, JqValue[] parts)
    {
        long length = 0;
        foreach (var part in parts)
            length += part.Weight;
        m.CheckSize(length);
        var texts = new string[parts.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = ((JqString)parts[i]).Text;
        return new JqString(string.Concat(texts));
    }

    private static int ByteCount(Machine m, string text)
    {
        m.Charge(text.Length >> 8);
        return Encoding.UTF8.GetByteCount(text);
    }

    private static JqValue Compared(Machine m, string part, bool result)
    {
        m.Charge(part.Length >> 8);
        return JqValue.From(result);
    }

    private static string MapAscii(string text, Func<char, bool> affected, int shift) =>
        string.Create(text.Length, (text, affected, shift), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = state.affected(state.text[i]) ? (char)(state.text[i] + state.shift) : state.text[i];
        });

    private static JqValue? TrimStart(Machine m, JqValue input, JqValue start)
    {
        if (input is not JqString s || start is not JqString t)
            return m.Fail("startswith() requires string inputs");
        return s.Text.StartsWith(t.Text, StringComparison.Ordinal) ? new JqString(s.Text[t.Text.Length..]) : s;
    }

    private static JqValue? TrimEnd(Machine m, JqValue input, JqValue end)
    {
        if (input is not JqString s || end is not JqString t)
            return m.Fail("endswith() requires string inputs");
        return s.Text.EndsWith(t.Text, StringComparison.Ordinal) ? new JqString(s.Text[..^t.Text.Length]) : s;
    }

    private static JqValue? Trim(Machine m, JqValue input, Func<string, string> trim) =>
        input is JqString s ? new JqString(trim(s.Text)) : m.Fail("trim input must be a string");

    private static JqValue? Implode(Machine m, JqValue input)
    {
        if (input is not JqArray array)
            return m.Fail("implode input must be an array");
        var text = new StringBuilder();
        foreach (var item in array.Span)
        {
            if (item is not JqNumber number || double.IsNaN(number.Value))
                return m.Fail($"{ErrorText.Describe(item)} can't be imploded, unicode codepoint needs to be numeric");
            var code = Math.Truncate(number.Value);
            var valid = code is >= 0 and <= 0x10FFFF && Rune.IsValid((int)code);
            text.Append(valid ? new Rune((int)code).ToString() : "\uFFFD");
        }

        return new JqString(text.ToString());
    }

    /// <summary>Where the needle occurs, overlaps included, in code points.</summary>
    private static JqValue? FindAll(Machine m, JqValue input, JqValue needle)
    {
        if (input is not JqString text)
            return m.Fail($"{ErrorText.Describe(input)} cannot be searched, as it is not a string");
        if (needle is not JqString part)
            return m.Fail($"{ErrorText.Describe(needle)} is not a string");
        m.ChargeSearch(text.Text, part.Text);
        var found = new List<JqValue>();
        if (part.Text.Length == 0)
            return JqValue.Null;
        int codePoints = 0, from = 0;
        for (var at = text.Text.IndexOf(part.Text, StringComparison.Ordinal); at >= 0;
            at = text.Text.IndexOf(part.Text, at + 1, StringComparison.Ordinal))
        {
            codePoints += CodePoints.Count(text.Text.AsSpan(from, at - from));
            from = at;
            found.Add(JqValue.From(codePoints));
        }

        return JqArray.Of([.. found]);
    }

    private static JqValue? Join(Machine m, JqValue input, JqValue separator)
    {
        if (Collections.Elements(input) is not { } items)
            return m.Fail($"Cannot iterate over {ErrorText.Describe(input)}");
        if (separator is not JqString && items.Length > 0)
            return m.Fail($"string (\"\") and {ErrorText.Describe(separator)} cannot be added");
        m.Charge(items.Length >> 3);
        var text = new StringBuilder();
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
                text.Append(((JqString)separator).Text);
            switch (items[i])
            {
                case JqString s:
                    text.Append(s.Text);
                    break;
                case JqArray or JqObject:
                    return m.Fail($"{ErrorText.Describe(new JqString(text.ToString()))} and {ErrorText.Describe(items[i])} cannot be added");
                case { IsNull: false }:
                    text.Append(items[i].ToJson());
                    break;
            }

            m.CheckSize(text.Length);
        }

        return m.Made(new JqString(text.ToString()));
    }
}
