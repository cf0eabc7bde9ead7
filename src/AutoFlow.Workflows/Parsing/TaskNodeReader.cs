using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Tasks;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads one task: what all tasks have, then what its keyword has.</summary>
internal static class TaskNodeReader
{
    private static readonly string[] Common = ["if", "input", "output", "export", "timeout", "then", "metadata"];

    /// <summary>Reads a task; null when it has errors, which are in the sink.</summary>
    public static WorkflowTask? Read(ParseContext context, YamlScalar name, YamlNode node, string reference, TaskScope scope)
    {
        var what = $"task '{name.Text}'";
        if (node is not YamlMapping map)
        {
            context.Sink.Error(node.Position, $"{what} must be a map, not {node.KindName}", "indent the task's properties deeper than its name");
            return null;
        }

        if (Keyword(context, name, map, what) is not { } keyword) return null;
        if (Fields.Of(map, context, what, [.. Common, .. keyword.Properties]) is not { } fields) return null;
        var head = Head(fields, name, reference, scope, map) with { Keyword = keyword.Name };
        return keyword.Read(new TaskReader(context, fields, head, scope));
    }

    private static TaskKeyword? Keyword(ParseContext context, YamlScalar name, YamlMapping map, string what)
    {
        var found = TaskKeyword.All.Where(k => map.Find(k.Name) is not null).ToList();
        // A for task holds its list under 'do', which is a keyword of its own elsewhere.
        if (found.Exists(static k => k.Name == "for")) found.RemoveAll(static k => k.Name == "do");
        var words = TaskKeyword.All.Select(static k => k.Name).ToList();
        if (found is [{ Name: "do" }] && MisspeltLoop(map, words) is { } loop)
        {
            context.Sink.Error(loop.Position, $"unknown keyword '{loop.Text}' in {what}", NearestWord.Hint(loop.Text, words));
            return null;
        }

        if (found.Count == 1) return found[0];
        if (found.Count > 1)
        {
            var second = map.Entries.Where(e => found.Exists(k => k.Name == e.Name)).ElementAt(1);
            context.Sink.Error(second.Key.Position, $"{what} has two keywords: {string.Join(" and ", found.Select(static k => $"'{k.Name}'"))}");
            return null;
        }

        var unknown = map.Entries.Where(static e => !Common.Contains(e.Name)).Select(static e => e.Key).ToList();
        var typo = unknown.Find(k => NearestWord.To(k.Text, words) is not null) ?? unknown.FirstOrDefault();
        if (typo is null)
            context.Sink.Error(name.Position, $"{what} does nothing", $"it needs one of {string.Join(", ", words)}");
        else
            context.Sink.Error(typo.Position, $"unknown keyword '{typo.Text}' in {what}", NearestWord.Hint(typo.Text, words));
        return null;
    }

    /// <summary>A loop whose <c>for</c> is misspelt looks like a <c>do</c> with a property too many.</summary>
    private static YamlScalar? MisspeltLoop(YamlMapping map, IReadOnlyList<string> words) => map.Entries
        .Where(e => e.Name != "do" && !Common.Contains(e.Name) && NearestWord.To(e.Name, [.. Common, .. words]) is { } near && words.Contains(near))
        .Select(static e => e.Key)
        .FirstOrDefault();

    private static TaskHead Head(Fields fields, YamlScalar name, string reference, TaskScope scope, YamlMapping map)
    {
        IReadOnlyList<string> before = [.. ExpressionStage.BeforeTask, .. scope.Locals];
        IReadOnlyList<string> during = [.. ExpressionStage.Task, .. scope.Locals];
        IReadOnlyList<string> export = [.. ExpressionStage.Export, .. scope.Locals];
        fields.Json("metadata");
        return new TaskHead(name.Text, reference, name.Position, map.ToJson())
        {
            If = fields["if"] is { } condition ? ExpressionReader.Expression(fields.Context, condition, "if", before) : null,
            InputFrom = DataReader.Transformation(fields, "input", "from", before),
            OutputAs = DataReader.Transformation(fields, "output", "as", during),
            ExportAs = DataReader.Transformation(fields, "export", "as", export),
            InputSchema = DataReader.Schema(fields, "input", "from"),
            OutputSchema = DataReader.Schema(fields, "output", "as"),
            ExportSchema = DataReader.Schema(fields, "export", "as"),
            Timeout = fields["timeout"] is { } timeout ? DurationReader.Timeout(fields.Context, timeout, during) : null,
            Then = TransitionReader.Directive(fields, "then", scope.Siblings) ?? FlowDirective.Continue,
        };
    }
}
