using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Tasks;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads the extensions under <c>use.extensions</c>.</summary>
internal static class ExtensionReader
{
    private static readonly string[] Targets =
        [.. TaskKeyword.All.Select(static k => k.Name).Where(static k => k is not ("do" or "fork")), Extension.Composite, Extension.All];

    /// <summary>Reads them into <see cref="ReusableComponents.Extensions"/>, in their order.</summary>
    public static void Read(ParseContext context, Fields use)
    {
        if (use.List("extensions") is not { } list) return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (list.Items[index] is not YamlMapping { Entries: [var entry] })
                context.Sink.Error(list.Items[index].Position, "an extension must be one name with 'extend' under it");
            else if (!names.Add(entry.Name))
                context.Sink.Error(entry.Key.Position, $"two extensions are named '{entry.Name}'");
            else if (ReadOne(context, entry, index) is { } extension)
                context.Use.Extensions.Add(extension);
        }
    }

    private static Extension? ReadOne(ParseContext context, YamlEntry entry, int index)
    {
        if (Fields.Of(entry.Value, context, $"the extension '{entry.Name}'", ["extend", "when", "before", "after"]) is not { } fields) return null;
        fields.Require("extend");
        var target = fields.Word("extend", Targets);
        var when = fields["when"] is { } condition ? ExpressionReader.Expression(context, condition, "when", ExpressionStage.Task) : null;
        var (before, after) = (Tasks("before"), Tasks("after"));
        if (!fields.Has("before") && !fields.Has("after"))
            context.Sink.Warning(entry.Key.Position, $"the extension '{entry.Name}' does nothing", "give it tasks under before or after");
        return target is null ? null : new Extension(entry.Name, index, target, when, before, after);

        TaskList? Tasks(string key) => fields[key] is { } node
            ? TaskListReader.Read(context, node, key, key, JsonPointer.Append("/use/extensions", index, entry.Name), [])
            : null;
    }
}
