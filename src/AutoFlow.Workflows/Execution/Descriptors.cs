using System.Globalization;
using System.Xml;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>Builds the JSON that expressions see of the run (OWS dsl.md, "Runtime expression arguments").</summary>
internal static class Descriptors
{
    /// <summary>A date time descriptor, UTC.</summary>
    public static JqValue Time(DateTimeOffset time) => JqValue.FromObject(
        ("iso8601", JqValue.From(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))),
        ("epoch", JqValue.FromObject(
            ("seconds", JqValue.From(time.ToUnixTimeSeconds())),
            ("milliseconds", JqValue.From(time.ToUnixTimeMilliseconds())))));

    public static JqValue Runtime(InterpreterOptions options) => JqValue.FromObject(
        ("name", JqValue.From(options.RuntimeName)),
        ("version", JqValue.From(options.RuntimeVersion)),
        ("metadata", JqValue.EmptyObject));

    public static string Iso8601(TimeSpan length) => XmlConvert.ToString(length);

    /// <summary>The beginning of a text, for messages.</summary>
    public static string Shortened(string text)
    {
        const int longest = 200;
        return text.Length <= longest ? text : text[..longest] + "…";
    }
}
