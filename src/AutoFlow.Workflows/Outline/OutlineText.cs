using AutoFlow.Workflows.Yaml;
using static AutoFlow.Workflows.Outline.OutlineReader;

namespace AutoFlow.Workflows.Outline;

/// <summary>Says in few words what the parts of a definition are.</summary>
internal static class OutlineText
{
    private static readonly string[] Strategies = ["one", "any", "all"];

    /// <summary>The text of a scalar; null for everything else.</summary>
    public static string? Plain(YamlNode? node) => (node as YamlScalar)?.Text;

    /// <summary>An expression without <c>${ }</c> and line breaks; null where there is none.</summary>
    public static string? Expression(YamlNode? node)
    {
        if (Plain(node)?.Trim() is not { } text) return null;
        if (text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}')) text = text[2..^1].Trim();
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A duration as written: ISO 8601, units, or an expression.</summary>
    public static string Duration(YamlNode? node) => node is YamlMapping units
        ? string.Join(' ', units.Entries.Select(static e => $"{Expression(e.Value)} {e.Name}"))
        : Expression(node) ?? "";

    /// <summary>The errors of a catch, as <c>communication</c> or <c>communication 503</c>.</summary>
    public static string Errors(YamlNode? filter) => filter is YamlMapping map
        ? string.Join(' ', map.Entries.Select(static e => e.Name == "type" ? LastWord(Plain(e.Value) ?? "") : Plain(e.Value)))
        : "";

    /// <summary>What a task is about, by its keyword.</summary>
    public static string Subject(string keyword, YamlMapping task) => keyword switch
    {
        "call" => Call(task),
        "run" => Run(task.Find("run")!.Value),
        "listen" => Listen(At(task, "listen", "to")),
        "emit" => Plain(At(task, "emit", "event", "with", "type")) ?? "",
        "raise" => Plain(At(task, "raise", "error")) ?? LastWord(Plain(At(task, "raise", "error", "type")) ?? ""),
        "wait" => Duration(At(task, "wait")),
        "for" => For(task),
        "set" => At(task, "set") is YamlMapping map ? string.Join(", ", map.Entries.Select(static e => e.Name)) : "",
        "fork" => At(task, "fork", "compete") is YamlScalar { Text: "true" } ? "first to finish" : "all",
        _ => "",
    };

    private static string Call(YamlMapping task)
    {
        var name = Plain(At(task, "call")) ?? "";
        var target = At(task, "with", "endpoint");
        var uri = Expression(target) ?? Expression(At(target, "uri"));
        return uri is null ? name : $"{name} {Plain(At(task, "with", "method"))} {uri}".Replace("  ", " ", StringComparison.Ordinal);
    }

    private static string Run(YamlNode run)
    {
        if (At(run, "workflow", "name") is not { } name)
            return (run as YamlMapping)?.Entries.FirstOrDefault(static e => e.Name != "await")?.Name ?? "";
        return Plain(At(run, "await")) == "false" ? $"{Plain(name)}, not awaited" : Plain(name) ?? "";
    }

    private static string Listen(YamlNode? to)
    {
        var strategy = Strategies.FirstOrDefault(mode => At(to, mode) is not null) ?? "one";
        var filters = At(to, strategy) switch { YamlSequence several => several.Items, { } single => [single], null => [] };
        var types = filters.Select(static f => Expression(At(f, "with", "type")) ?? "any event").ToList();
        return types.Count switch
        {
            0 => "any event",
            1 => types[0],
            _ => $"{strategy} of {string.Join(", ", types)}",
        };
    }

    private static string For(YamlMapping task)
    {
        var each = Plain(At(task, "for", "each")) ?? "item";
        return $"each {each} in {Expression(At(task, "for", "in")) ?? "the list"}";
    }

    private static string LastWord(string type) => type[(type.LastIndexOfAny(['/', ':']) + 1)..];
}
