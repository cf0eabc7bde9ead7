using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>
/// The names of event attributes (CloudEvents 1.0.2). Extensions may have any name, but one that is a letter away from a standard
/// attribute is a typo: a filter on it would quietly take every event, or none.
/// </summary>
internal static class EventAttributes
{
    private static readonly string[] Standard =
        ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data"];

    /// <summary>Reports the names that are typos.</summary>
    public static void Check(ParseContext context, YamlMapping attributes)
    {
        const int shortest = 4;
        foreach (var key in attributes.Entries.Select(static e => e.Key).Where(static k => !Standard.Contains(k.Text)))
        {
            if (Standard.FirstOrDefault(s => s.Length >= shortest && NearestWord.Distance(s, key.Text) == 1) is { } meant)
                context.Sink.Error(key.Position, $"unknown event attribute '{key.Text}'", $"did you mean '{meant}'?");
        }
    }
}
