using AutoFlow.Workflows.Outline;

namespace AutoFlow.Cli.Graph;

/// <summary>What a node of a graph stands for.</summary>
internal enum FlowNodeKind
{
    /// <summary>Where a list begins.</summary>
    Start,

    /// <summary>Where a list is left.</summary>
    Exit,

    /// <summary>Where the workflow ends.</summary>
    End,

    /// <summary>A task.</summary>
    Task,

    /// <summary>Text on an edge.</summary>
    Label,
}

/// <summary>A node of the graph of one list.</summary>
/// <param name="Id">Unique in the whole graph; letters, digits and _ only.</param>
internal sealed record FlowNode(string Id, FlowNodeKind Kind)
{
    /// <summary>The task; null for every other kind.</summary>
    public OutlineTask? Task { get; init; }

    /// <summary>The text of a label; empty for every other kind.</summary>
    public string Text { get; init; } = "";

    /// <summary>The graphs of the lists inside a task.</summary>
    public IReadOnlyList<FlowPart> Parts { get; init; } = [];
}

/// <summary>A list inside a task.</summary>
/// <param name="Title">What it is for; empty where the task says it.</param>
internal sealed record FlowPart(string Title, FlowGraph Graph);

/// <summary>A way from a node to another of the same list.</summary>
/// <param name="IsBack">Whether it goes back in the file.</param>
/// <param name="IsCatch">Whether an error leads here.</param>
/// <param name="Note">More about it, to be shown on demand; null where there is nothing.</param>
internal sealed record FlowEdge(string From, string To, bool IsBack, bool IsCatch, string? Note);

/// <summary>The graph of one list: its ways never leave it, because a flow directive goes to a task of the same list, or out.</summary>
internal sealed record FlowGraph(IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowEdge> Edges)
{
    /// <summary>Every node, those of inner lists included.</summary>
    public IEnumerable<FlowNode> AllNodes => Nodes.SelectMany(static n => n.Parts.SelectMany(static p => p.Graph.AllNodes).Prepend(n));
}
