using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Tasks;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Outline;

/// <summary>Reads outlines from definitions that are known to be right, so that it has nothing to report.</summary>
internal static class OutlineReader
{
    private static readonly string[] ExtensionParts = ["before", "after"];
    private static readonly string[][] Lists = [["do"], ["try"], ["catch", "do"], ["fork", "branches"], ["foreach", "do"]];

    public static IReadOnlyList<OutlineTask> Tasks(YamlNode? list, string pointer) =>
        [.. Named(list).Select((entry, index) => Task(entry, JsonPointer.Append(pointer, index, entry.Name)))];

    public static IReadOnlyList<OutlineTask> Functions(YamlNode? functions) => functions is YamlMapping map
        ? [.. map.Entries.Where(static e => e.Value is YamlMapping).Select(static e => Task(e, JsonPointer.Append("/use/functions", e.Name)))]
        : [];

    public static IReadOnlyList<OutlineTask> Extensions(YamlNode? extensions) =>
    [
        .. Named(extensions).SelectMany(static (extension, index) => ExtensionParts.SelectMany(part =>
            Tasks(At(extension.Value, part), $"{JsonPointer.Append("/use/extensions", index, extension.Name)}/{part}"))),
    ];

    public static OutlineLimit? Limit(YamlMapping owner) => owner.Find("timeout") switch
    {
        null => null,
        { Value: YamlScalar name } entry => new OutlineLimit(entry.Key.Position, name.Text),
        var entry => new OutlineLimit(entry.Key.Position, OutlineText.Duration(At(entry.Value, "after"))),
    };

    /// <summary>The node at a path of keys; null when one of them is not there.</summary>
    public static YamlNode? At(YamlNode? node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys) node = (node as YamlMapping)?.Find(key)?.Value;
        return node;
    }

    /// <summary>The entries of a list of one-entry maps.</summary>
    public static IEnumerable<YamlEntry> Named(YamlNode? list) =>
        (list as YamlSequence)?.Items.OfType<YamlMapping>().SelectMany(static m => m.Entries) ?? [];

    private static OutlineTask Task(YamlEntry entry, string reference)
    {
        var body = (YamlMapping)entry.Value;
        var keyword = Keyword(body);
        return new OutlineTask(entry.Name, reference, keyword, entry.Key.Position)
        {
            Subject = OutlineText.Subject(keyword, body),
            Child = OutlineText.Plain(At(body, "run", "workflow", "name")),
            Condition = OutlineText.Expression(At(body, "if")),
            Limit = Limit(body),
            Then = OutlineText.Plain(At(body, "then")) ?? "continue",
            Cases = [.. Named(At(body, "switch")).Select(Case)],
            Catch = body.Find("catch") is { } clause ? Catch(clause) : null,
            AnyOf = [.. Filters(At(body, "listen", "to", "any"))],
            Lists = [.. Inner(body, reference)],
        };
    }

    private static string Keyword(YamlMapping task)
    {
        // 'do' and 'foreach' belong to other keywords too, so they are looked for last.
        var found = TaskKeyword.All.Select(static k => k.Name).Where(name => task.Find(name) is not null).ToList();
        return found.Find(static name => name != "do") ?? "do";
    }

    private static IEnumerable<OutlineList> Inner(YamlMapping task, string reference)
    {
        foreach (var path in Lists)
        {
            if (At(task, path) is not YamlSequence list) continue;
            var segment = string.Join('/', path);
            yield return new OutlineList(segment, Tasks(list, $"{reference}/{segment}"));
        }
    }

    private static OutlineCase Case(YamlEntry entry) => new(
        entry.Name,
        entry.Key.Position,
        OutlineText.Expression(At(entry.Value, "when")),
        OutlineText.Plain(At(entry.Value, "then")) ?? "continue");

    private static OutlineCatch Catch(YamlEntry clause)
    {
        var then = OutlineText.Plain(At(clause.Value, "then"));
        var handles = then is not null || At(clause.Value, "do") is not null;
        return new OutlineCatch(
            clause.Key.Position,
            OutlineText.Errors(At(clause.Value, "errors", "with")),
            At(clause.Value, "retry") is not null,
            handles,
            then);
    }

    private static IEnumerable<OutlineFilter> Filters(YamlNode? any) => (any as YamlSequence)?.Items is { Count: > 1 } filters
        ? filters.Select(static f => new OutlineFilter(f.Position, OutlineText.Plain(At(f, "with", "type")) ?? "*"))
        : [];
}
