namespace AutoFlow.Cli.Graph;

/// <summary>A graph with the places of its nodes, those of inner graphs included.</summary>
internal sealed class PlacedGraph
{
    /// <summary>The size of the text lines on a node.</summary>
    public const double LineHeight = 15;

    public const double Padding = 12;

    private const double NameSize = 13;
    private const double LineSize = 11;
    private const double MarkSize = 18;

    private readonly List<PlacedNode> _nodes;

    private PlacedGraph(FlowGraph graph)
    {
        Graph = graph;
        _nodes = [.. graph.Nodes.Select(static n => new PlacedNode(n))];
        var places = graph.Nodes.Select(static (n, i) => (n.Id, i)).ToDictionary(static x => x.Id, static x => x.i);
        Layout = LayeredLayout.Place(
            [.. _nodes.Select(static n => new LayoutNode(n.Width, n.Height))],
            [.. graph.Edges.Select(e => new LayoutEdge(places[e.From], places[e.To], e.IsBack))]);
    }

    public FlowGraph Graph { get; }

    public Layout Layout { get; }

    public IReadOnlyList<PlacedNode> Nodes => _nodes;

    public static PlacedGraph Of(FlowGraph graph) => new(graph);

    /// <summary>A node with its size.</summary>
    internal sealed class PlacedNode
    {
        public PlacedNode(FlowNode node)
        {
            Node = node;
            Lines = node.Task is null ? [] : TaskWords.Lines(node.Task);
            Parts = [.. node.Parts.Select(static p => (p.Title, Of(p.Graph)))];
            (Width, Height) = node.Kind switch
            {
                FlowNodeKind.Label => (SvgText.Width(node.Text, LineSize) + 8, 16),
                FlowNodeKind.Task => Size(),
                _ => (MarkSize, MarkSize),
            };
        }

        public FlowNode Node { get; }

        public IReadOnlyList<string> Lines { get; }

        public IReadOnlyList<(string Title, PlacedGraph Graph)> Parts { get; }

        public double Width { get; }

        public double Height { get; }

        /// <summary>The height of the task's own words, above its parts.</summary>
        public double HeadHeight => 22 + (Lines.Count * LineHeight);

        public static double PartHeight((string Title, PlacedGraph Graph) part) =>
            part.Graph.Layout.Height + (2 * Padding) + (part.Title.Length > 0 ? LineHeight + 4 : 0);

        private (double Width, double Height) Size()
        {
            var task = Node.Task!;
            var words = Lines.Select(static l => SvgText.Width(l, LineSize)).Append(SvgText.Width(task.Name, NameSize, bold: true)).Max();
            if (Parts.Count == 0) return (words + (task.Keyword == "switch" ? 44 : 28), HeadHeight + (Lines.Count == 0 ? 10 : 6));
            var inner = Parts.Max(static p => Math.Max(p.Graph.Layout.Width, SvgText.Width(p.Title, LineSize)));
            var width = Math.Max(words + 24, inner + (4 * Padding));
            return (width, HeadHeight + Parts.Sum(PartHeight) + Padding + (6 * (Parts.Count - 1)));
        }
    }
}
