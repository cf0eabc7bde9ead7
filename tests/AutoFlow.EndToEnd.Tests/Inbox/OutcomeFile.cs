using System.Text;
using System.Text.Json.Nodes;

namespace AutoFlow.EndToEnd.Tests.Inbox;

/// <summary>outcomes.json: what comes of every message of the sample inbox, reviewed by a person.</summary>
public static class OutcomeFile
{
    /// <summary>By the message's name.</summary>
    public static IReadOnlyDictionary<string, Outcome> Read(string path) =>
        JsonNode.Parse(File.ReadAllText(path))!.AsObject().ToDictionary(pair => pair.Key, pair => Outcome.Parse(pair.Value!.ToJsonString()), StringComparer.Ordinal);

    public static void Write(string path, IReadOnlyDictionary<string, Outcome> outcomes)
    {
        var text = new StringBuilder("{\n");
        text.AppendJoin(",\n", outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"  \"{pair.Key}\": {pair.Value}"));
        File.WriteAllText(path, text.Append("\n}\n").ToString());
    }

    /// <summary>A line for every message that is not as reviewed; empty when all are.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyDictionary<string, Outcome> reviewed, IReadOnlyDictionary<string, Outcome> actual) =>
    [
        .. reviewed.Keys.Union(actual.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Reviewed: reviewed.GetValueOrDefault(name)?.ToString(), Actual: actual.GetValueOrDefault(name)?.ToString()))
            .Where(row => row.Reviewed != row.Actual)
            .Select(row => $"{row.Name}\n  reviewed {row.Reviewed ?? "nothing"}\n  now      {row.Actual ?? "nothing"}"),
    ];
}
