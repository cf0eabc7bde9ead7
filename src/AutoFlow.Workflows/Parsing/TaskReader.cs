using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>What a task keyword's reader is given: the task's checked properties, its head and its place.</summary>
internal sealed class TaskReader(ParseContext context, Fields fields, TaskHead head, TaskScope scope)
{
    public ParseContext Context { get; } = context;

    public Fields Fields { get; } = fields;

    public TaskHead Head { get; } = head;

    /// <summary>The names a transition of this task may go to.</summary>
    public IReadOnlyList<string> Siblings => scope.Siblings;

    public string What => $"task '{Head.Name}'";

    /// <summary>The variables of the task's own expressions, with those of enclosing loops and catches.</summary>
    public IReadOnlyList<string> Variables => With([]);

    public IReadOnlyList<string> With(IEnumerable<string> locals) => [.. ExpressionStage.Task, .. scope.Locals, .. locals];

    /// <summary>Reads the nested list under a key of this task.</summary>
    /// <param name="under">The map that holds the key; the task itself when null.</param>
    /// <param name="segments">The JSON pointer from the task to the list, as <c>catch/do</c>.</param>
    /// <param name="locals">Variables that exist only in the list.</param>
    /// <param name="concurrent">Whether the tasks run beside each other, so that none can be gone to from another.</param>
    public TaskList? List(
        string key, string segments, IReadOnlyList<string> locals, Fields? under = null, bool required = true, bool concurrent = false)
    {
        var from = under ?? Fields;
        var node = required ? from.Require(key) : from[key];
        return node is null
            ? null
            : TaskListReader.Read(Context, node, key, segments, Head.Reference, [.. scope.Locals, .. locals], concurrent);
    }

    /// <summary>The name of a variable that a loop or a catch declares.</summary>
    public string Variable(Fields from, string key, string otherwise)
    {
        if (from.Scalar(key) is not { } scalar) return otherwise;
        if (ExpressionStage.Reserved.Contains(scalar.Text))
        {
            Context.Sink.Error(scalar.Position, $"'{key}' cannot be '{scalar.Text}': ${scalar.Text} has a meaning of its own");
            return otherwise;
        }

        if (scalar.Text.Length > 0 && !char.IsAsciiDigit(scalar.Text[0]) && scalar.Text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            return scalar.Text;
        Context.Sink.Error(scalar.Position, $"'{key}' must be the name of a variable, as 'order'", "letters, digits and _ only, no $");
        return otherwise;
    }

    /// <summary>Reads a value in which text in <c>${ }</c> is an expression.</summary>
    public ValueTemplate? Template(YamlNode node) => ExpressionReader.Template(Context, node, Variables);
}
