using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Tasks;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads lists of named tasks.</summary>
internal static class TaskListReader
{
    /// <summary>Reads a list; tasks with errors are left out of it, and the errors are in the sink.</summary>
    /// <param name="property">The property that holds the list, for messages.</param>
    /// <param name="segments">The pointer from the owner to the list.</param>
    /// <param name="owner">The JSON pointer of the list's owner.</param>
    /// <param name="concurrent">Whether the tasks run beside each other, so that none can be gone to from another.</param>
    public static TaskList? Read(
        ParseContext context,
        YamlNode node,
        string property,
        string segments,
        string owner,
        IReadOnlyList<string> locals,
        bool concurrent = false)
    {
        if (node is not YamlSequence sequence)
        {
            context.Sink.Error(node.Position, $"'{property}' must be a list of tasks, not {node.KindName}", "begin each task with '- name:'");
            return null;
        }

        if (sequence.Items.Count == 0) context.Sink.Error(sequence.Position, $"'{property}' needs at least one task");
        var entries = sequence.Items.Select(item => Entry(context, item)).ToList();
        var names = Names(context, entries);
        var scope = new TaskScope($"{owner}/{segments}", concurrent ? [] : names, locals);
        var tasks = new List<WorkflowTask>();
        for (var index = 0; index < entries.Count; index++)
        {
            if (entries[index] is not { } entry) continue;
            var reference = JsonPointer.Append(scope.Pointer, index, entry.Name);
            if (TaskNodeReader.Read(context, entry.Key, entry.Value, reference, scope) is { } task) tasks.Add(task);
        }

        if (tasks.Count < entries.Count) return null;
        if (!concurrent) Reachability.Check(context, tasks);
        return new TaskList(segments, tasks);
    }

    private static YamlEntry? Entry(ParseContext context, YamlNode item)
    {
        if (item is YamlMapping { Entries.Count: 1 } map) return map.Entries[0];
        if (item is YamlMapping { Entries.Count: > 1 } several)
        {
            context.Sink.Error(
                several.Entries[1].Key.Position,
                $"a task is one name with its properties under it; '{several.Entries[1].Name}' is a second one",
                "indent the task's properties deeper than its name");
        }
        else
        {
            context.Sink.Error(item.Position, $"a task must be a name with properties under it, not {item.KindName}");
        }

        return null;
    }

    private static List<string> Names(ParseContext context, IEnumerable<YamlEntry?> entries)
    {
        var names = new List<string>();
        foreach (var entry in entries)
        {
            if (entry is null) continue;
            if (FlowDirective.Words.Contains(entry.Name))
                context.Sink.Error(entry.Key.Position, $"a task cannot be named '{entry.Name}': that is a flow directive");
            else if (names.Contains(entry.Name))
                context.Sink.Error(entry.Key.Position, $"two tasks of this list are named '{entry.Name}'", "give each task of a list its own name");
            else
                names.Add(entry.Name);
        }

        return names;
    }
}
