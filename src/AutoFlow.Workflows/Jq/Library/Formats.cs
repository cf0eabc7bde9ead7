using System.Globalization;
using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>The <c>@name</c> formats: a value as a string escaped for some place.</summary>
internal static class Formats
{
    private const string Base32Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly Dictionary<string, Apply> All = new()
    {
        ["text"] = (_, input, _) => new JqString(Text(input)),
        ["json"] = (_, input, _) => new JqString(input.ToJson()),
        ["html"] = (_, input, _) => new JqString(Html(Text(input))),
        ["uri"] = (_, input, _) => new JqString(Uri(Text(input))),
        ["urid"] = (m, input, _) => UriDecode(m, Text(input)),
        ["csv"] = (m, input, _) => Row(m, input, "csv", ",", s => $"\"{s.Replace("\"", "\"\"", StringComparison.Ordinal)}\""),
        ["tsv"] = (m, input, _) => Row(m, input, "tsv", "\t", Tsv),
        ["sh"] = Shell,
        ["base64"] = (_, input, _) => new JqString(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(input)))),
        ["base64d"] = Base64Decode,
        ["base32"] = (_, input, _) => new JqString(Base32(Encoding.UTF8.GetBytes(Text(input)))),
        ["base32d"] = (m, input, _) => Base32Decode(m, Text(input)),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static Apply? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>A string as it is, everything else as JSON (<c>tostring</c>).</summary>
    public static string Text(JqValue value) => value is JqString s ? s.Text : value.ToJson();

    private static string Html(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("'", "&apos;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>Percent-encodes all but RFC 3986's unreserved characters.</summary>
    private static string Uri(string text)
    {
        var result = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')
                result.Append(c);
            else
                result.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }

    private static JqValue? UriDecode(Machine m, string text)
    {
        var bytes = new List<byte>();
        var source = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '%')
            {
                bytes.Add(source[i]);
                continue;
            }

            if (i + 2 >= source.Length || !char.IsAsciiHexDigit((char)source[i + 1]) || !char.IsAsciiHexDigit((char)source[i + 2]))
                return m.Fail($"{ErrorText.Describe(new JqString(text))} is not a valid uri encoding");
            bytes.Add((byte)((Convert.ToInt32(((char)source[i + 1]).ToString(), 16) << 4) | Convert.ToInt32(((char)source[i + 2]).ToString(), 16)));
            i += 2;
        }

        return new JqString(Encoding.UTF8.GetString([.. bytes]));
    }

    private static string Tsv(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    private static JqValue? Row(Machine m, JqValue input, string kind, string separator, Func<string, string> quote)
    {
        if (input is not JqArray array)
            return m.Fail($"{ErrorText.Describe(input)} cannot be {kind}-formatted, only an array can be");
        var cells = new List<string>();
        foreach (var item in array.Span)
        {
            if (item is JqArray or JqObject)
                return m.Fail($"{ErrorText.Describe(item)} is not valid in a {kind} row");
            cells.Add(item switch { JqString s => quote(s.Text), { IsNull: true } => "", _ => item.ToJson() });
        }

        return new JqString(string.Join(separator, cells));
    }

    private static JqValue? Shell(Machine m, JqValue input, JqValue[] arguments)
    {
        var words = new List<string>();
        foreach (var item in input is JqArray array ? array.Items : [input])
        {
            if (item is JqArray or JqObject)
                return m.Fail($"{ErrorText.Describe(item)} can not be escaped for shell");
            words.Add(item is JqString s ? $"'{s.Text.Replace("'", "'\\''", StringComparison.Ordinal)}'" : item.ToJson());
        }

        return new JqString(string.Join(' ', words));
    }

    /// <summary>Takes missing padding and skips what is no digit, as jq does, but not a text without a single whole byte.</summary>
    private static JqValue? Base64Decode(Machine m, JqValue input, JqValue[] arguments)
    {
        var text = Text(input);
        var digits = text.TrimEnd('=');
        if (digits.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/')))
            return m.Fail($"{ErrorText.Describe(input)} is not valid base64 data");
        if (digits.Length % 4 == 1)
            return m.Fail($"{ErrorText.Describe(input)} trailing base64 byte found");
        var padded = digits.PadRight((digits.Length + 3) / 4 * 4, '=');
        return new JqString(Encoding.UTF8.GetString(Convert.FromBase64String(padded)));
    }

    private static string Base32(byte[] bytes)
    {
        var result = new StringBuilder();
        for (var i = 0; i < bytes.Length; i += 5)
        {
            ulong block = 0;
            var count = Math.Min(5, bytes.Length - i);
            for (var j = 0; j < 5; j++)
                block = (block << 8) | (j < count ? bytes[i + j] : 0u);
            var used = ((count * 8) + 4) / 5;
            for (var j = 0; j < 8; j++)
                result.Append(j < used ? Base32Digits[(int)(block >> (35 - (5 * j))) & 31] : '=');
        }

        return result.ToString();
    }

    private static JqValue? Base32Decode(Machine m, string text)
    {
        var bytes = new List<byte>();
        int bits = 0, value = 0;
        foreach (var c in text.TrimEnd('='))
        {
            var digit = Base32Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
                return m.Fail($"{ErrorText.Describe(new JqString(text))} is not valid base32 data");
            value = ((value << 5) | digit) & 0xFFF;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(value >> bits));
        }

        return new JqString(Encoding.UTF8.GetString([.. bytes]));
    }
}
