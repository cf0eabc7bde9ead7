using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tests.Parsing;

/// <summary>A word of the language where it stands in a definition.</summary>
/// <param name="Kind">What it stands in, as <c>task</c> or <c>catch</c>.</param>
/// <param name="Position">Its place; for a word in quotes that of the quote.</param>
internal sealed record KeywordPlace(string Kind, string Word, SourcePosition Position);

/// <summary>
/// Finds the words of the language in a definition: not names, arguments, data and metadata. This is the language's grammar once
/// more, apart from the parser, so that a test can tell what the parser must know.
/// </summary>
internal static class KeywordPlaces
{
    private const string Nothing = "";

    /// <summary>What stands under the keys of a kind: the kind of the value. <c>each x</c> is a map of names, <c>list x</c> a list of named x.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Kinds = new(StringComparer.Ordinal)
    {
        ["workflow"] = Map("document document, input data, use use, do tasks, timeout timeout, output data, schedule schedule, evaluate evaluate"),
        ["document"] = Map("dsl, namespace, name, version, title, summary, tags, metadata"),
        ["evaluate"] = Map("language words, mode words"),
        ["schedule"] = Map("every duration, cron, after duration, on strategy"),
        ["use"] = Map("retries each-retry, errors each-error, functions each-task, timeouts each-timeout, secrets, authentications, catalogs, extensions"),
        ["retry"] = Map("when, exceptWhen, delay duration, backoff backoff, limit limit, jitter jitter"),
        ["backoff"] = Map("constant, linear, exponential"),
        ["limit"] = Map("attempt attempt, duration duration"),
        ["attempt"] = Map("count, duration duration"),
        ["jitter"] = Map("from duration, to duration"),
        ["duration"] = Map("days, hours, minutes, seconds, milliseconds"),
        ["timeout"] = Map("after duration"),
        ["data"] = Map("from, as, schema schema"),
        ["schema"] = Map("format words, document, resource"),
        ["task"] = Map(
            "call, with, do tasks, emit emit, for for, while, fork fork, listen listen, foreach foreach, raise raise, run run, set, switch cases, try tasks, "
            + "catch catch, wait duration, if, input data, output data, export data, timeout timeout, then words, metadata"),
        ["emit"] = Map("event event"),
        ["event"] = Map("with attributes"),
        ["attributes"] = Map("type"),
        ["for"] = Map("each, in, at"),
        ["fork"] = Map("branches tasks, compete words"),
        ["foreach"] = Map("item, at, do tasks, output data, export data"),
        ["listen"] = Map("to strategy, read words"),
        ["strategy"] = Map("one filter, any filters, all filters, until strategy"),
        ["filter"] = Map("with attributes, correlate"),
        ["raise"] = Map("error error"),
        ["error"] = Map("type, status, title, detail, instance"),
        ["run"] = Map("workflow child, await words"),
        ["child"] = Map("namespace, name, version, input"),
        ["case"] = Map("when, then words"),
        ["catch"] = Map("errors errors, as, when, exceptWhen, retry retry, do tasks, then words"),
        ["errors"] = Map("with error"),
    };

    private static readonly string[] Words =
        ["continue", "exit", "end", "true", "false", "data", "envelope", "raw", "jq", "strict", "loose", "json"];

    /// <summary>The words that may stand in a kind.</summary>
    public static IReadOnlyCollection<string> Allowed(string kind) => kind == "words" ? Words : Kinds[kind].Keys;

    public static IEnumerable<KeywordPlace> In(YamlNode root) => Under("workflow", root);

    private static IEnumerable<KeywordPlace> Under(string kind, YamlNode node) => (kind, node) switch
    {
        ("words", YamlScalar scalar) when Words.Contains(scalar.Text) => [new KeywordPlace(kind, scalar.Text, scalar.Position)],
        ("tasks", YamlSequence list) => Named("task", list),
        ("cases", YamlSequence list) => Named("case", list),
        ("filters", YamlSequence list) => list.Items.SelectMany(static i => Under("filter", i)),
        (_, YamlMapping map) when kind.StartsWith("each-", StringComparison.Ordinal) => map.Entries.SelectMany(e => Under(kind[5..], e.Value)),
        (_, YamlMapping map) when Kinds.TryGetValue(kind, out var keys) => map.Entries
            .Where(e => keys.ContainsKey(e.Name))
            .SelectMany(e => Under(keys[e.Name], e.Value).Prepend(new KeywordPlace(kind, e.Name, e.Key.Position))),
        _ => [],
    };

    private static IEnumerable<KeywordPlace> Named(string kind, YamlSequence list) =>
        list.Items.OfType<YamlMapping>().SelectMany(static m => m.Entries).SelectMany(e => Under(kind, e.Value));

    private static Dictionary<string, string> Map(string keys) => keys.Split(", ").Select(static k => k.Split(' '))
        .ToDictionary(static k => k[0], static k => k.Length > 1 ? k[1] : Nothing, StringComparer.Ordinal);
}
