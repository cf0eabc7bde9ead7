using AutoFlow.Workflows.Outline;

namespace AutoFlow.Cli.Graph;

/// <summary>Turns outlines into graphs.</summary>
internal sealed class FlowGraphBuilder
{
    private readonly IReadOnlyList<OutlineTask> _tasks;
    private readonly string _prefix;
    private readonly List<FlowNode> _nodes = [];
    private readonly List<FlowEdge> _edges = [];

    private FlowGraphBuilder(IReadOnlyList<OutlineTask> tasks, string prefix) => (_tasks, _prefix) = (tasks, prefix);

    /// <summary>The graph of a workflow's own list.</summary>
    public static FlowGraph Of(DefinitionOutline outline) => new FlowGraphBuilder(outline.Tasks, "t").Build(framed: true, outermost: true);

    /// <summary>The graph of tasks that nothing connects: the branches of a fork, the functions of a workflow.</summary>
    public static FlowGraph Apart(IReadOnlyList<OutlineTask> tasks, string prefix) =>
        new([.. tasks.Select((task, i) => Node(task, $"{prefix}_{i}"))], []);

    private FlowGraph Build(bool framed, bool outermost)
    {
        for (var i = 0; i < _tasks.Count; i++) _nodes.Add(Node(_tasks[i], Id(i)));
        if (framed)
        {
            _nodes.Insert(0, new FlowNode($"{_prefix}_start", FlowNodeKind.Start));
            _edges.Add(new FlowEdge($"{_prefix}_start", Id(0), IsBack: false, IsCatch: false, Note: null));
        }

        for (var i = 0; i < _tasks.Count; i++) Ways(i, framed, outermost);
        return new FlowGraph(_nodes, _edges);
    }

    private static FlowNode Node(OutlineTask task, string id) => new(id, FlowNodeKind.Task)
    {
        Task = task,
        Parts = [.. task.Lists.Select((list, i) => Part(task, list, $"{id}_{i}"))],
    };

    private static FlowPart Part(OutlineTask task, OutlineList list, string prefix)
    {
        var graph = list.Segment == "fork/branches"
            ? Apart(list.Tasks, prefix)
            : new FlowGraphBuilder(list.Tasks, prefix).Build(framed: list.Tasks.Count > 1, outermost: false);
        return new FlowPart(list.Segment == "catch/do" ? $"on {What(task.Catch!)}" : "", graph);
    }

    private static string What(OutlineCatch clause) => clause.Errors.Length > 0 ? clause.Errors : "any error";

    private string Id(int index) => $"{_prefix}_{index}";

    private void Ways(int index, bool framed, bool outermost)
    {
        var task = _tasks[index];
        for (var i = 0; i < task.Cases.Count; i++)
        {
            var one = task.Cases[i];
            Way(index, one.Then, one.Name, one.When ?? "otherwise", false, $"c{i}", framed, outermost);
        }

        // A switch with a case for everything else never comes to its own 'then'.
        if (!task.Cases.Any(static c => c.When is null)) Way(index, task.Then, task.Cases.Count > 0 ? "otherwise" : "", null, false, "n", framed, outermost);
        if (task.Catch?.Then is { } then) Way(index, then, $"on {What(task.Catch)}", null, true, "e", framed, outermost);
    }

    private void Way(int index, string then, string label, string? note, bool isCatch, string suffix, bool framed, bool outermost)
    {
        var from = Id(index);
        var goesOn = then == "continue" && index + 1 < _tasks.Count;
        var leaves = then is "exit" or "end" || (then == "continue" && !goesOn);
        if (leaves && !framed && label.Length == 0 && then != "end") return;
        var to = goesOn ? index + 1 : IndexOf(then);
        if (label.Length > 0)
        {
            var id = $"{from}_{suffix}l";
            _nodes.Add(new FlowNode(id, FlowNodeKind.Label) { Text = label });
            _edges.Add(new FlowEdge(from, id, IsBack: false, isCatch, note));
            from = id;
        }

        var target = leaves ? Leave(then == "end" || outermost, $"{Id(index)}_{suffix}") : Id(to);
        _edges.Add(new FlowEdge(from, target, IsBack: !leaves && to <= index, isCatch, note));
    }

    private string Leave(bool ends, string id)
    {
        _nodes.Add(new FlowNode(id, ends ? FlowNodeKind.End : FlowNodeKind.Exit));
        return id;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _tasks.Count; i++)
        {
            if (_tasks[i].Name == name) return i;
        }

        return -1;
    }
}
