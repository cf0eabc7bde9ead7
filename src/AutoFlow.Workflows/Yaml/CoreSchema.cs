using System.Globalization;
using System.Text.RegularExpressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Yaml;

/// <summary>Gives plain scalars their type: YAML 1.2.2 §10.3.2, where <c>on</c>, <c>yes</c> and <c>no</c> are text.</summary>
internal static partial class CoreSchema
{
    /// <summary>The value of a plain (unquoted, untagged) scalar. Numbers JSON cannot hold (.inf, .nan) stay text.</summary>
    public static JqValue Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => JqValue.Null,
        "true" or "True" or "TRUE" => JqValue.True,
        "false" or "False" or "FALSE" => JqValue.False,
        _ when Hexadecimal().IsMatch(text) => Based(text, 16),
        _ when Octal().IsMatch(text) => Based(text, 8),
        _ when Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            => JqValue.From(number),
        _ when Number().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => JqValue.From(number),
        _ => JqValue.From(text),
    };

    private static JqValue Based(string text, int radix)
    {
        const int longestExact = 15;
        return text.Length - 2 > longestExact ? JqValue.From(text) : JqValue.From(Convert.ToInt64(text[2..], radix));
    }

    [GeneratedRegex("^[-+]?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex("^0x[0-9a-fA-F]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex("^0o[0-7]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
