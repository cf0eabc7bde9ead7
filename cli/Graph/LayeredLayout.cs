namespace AutoFlow.Cli.Graph;

/// <summary>A point in SVG's units; y grows downwards.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>A node to place.</summary>
internal sealed record LayoutNode(double Width, double Height);

/// <summary>An edge to route, by the nodes' places.</summary>
/// <param name="IsBack">Goes upwards; without such edges the graph has no circle.</param>
internal sealed record LayoutEdge(int From, int To, bool IsBack);

/// <summary>A placed graph.</summary>
/// <param name="Centers">The centre of each node.</param>
/// <param name="Routes">The points of each edge, from source to target; between the points 2n and 2n+1 it is straight.</param>
internal sealed record Layout(IReadOnlyList<Point> Centers, IReadOnlyList<IReadOnlyList<Point>> Routes, double Width, double Height);

/// <summary>
/// Places a graph in layers (Sugiyama): a node's layer is its longest way from the start, edges that pass a layer take a place in
/// it, the order in a layer follows the neighbours' medians, and places follow the neighbours' means.
/// </summary>
internal sealed class LayeredLayout
{
    private const double LayerGap = 30;
    private const double ChannelWidth = 14;

    private readonly IReadOnlyList<LayoutNode> _nodes;
    private IReadOnlyList<LayoutEdge> _edges;
    private readonly List<LayerItem> _items = [];
    private readonly List<List<LayerItem>> _layers = [];
    private readonly List<List<LayerItem>> _chains = [];

    private LayeredLayout(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges) => (_nodes, _edges) = (nodes, edges);

    public static Layout Place(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges) => new LayeredLayout(nodes, edges).Place();

    private Layout Place()
    {
        if (_nodes.Count == 0) return new Layout([], [], 0, 0);
        var ranks = Ranks();
        // A way back in the file may still lead downwards.
        _edges = [.. _edges.Select(e => e with { IsBack = e.IsBack && ranks[e.To] <= ranks[e.From] })];
        for (var i = 0; i < _nodes.Count; i++) Add(new LayerItem(ranks[i], _nodes[i].Width, _nodes[i].Height, isChannel: false));
        foreach (var edge in _edges) _chains.Add(Chain(edge, ranks));
        LayerOrder.Arrange(_layers);
        LayerPlaces.Assign(_layers);
        KeepTurnsBesideTheirNodes();
        LayerPlaces.Assign(_layers);
        StraightRuns.Align(_layers);
        var (tops, heights) = Heights();
        var left = _items.Min(static i => i.X - (i.Width / 2));
        foreach (var item in _items)
        {
            item.X -= left;
            item.Y = tops[item.Rank] + (item.Height / 2);
        }

        return new Layout(
            [.. _items.Take(_nodes.Count).Select(static i => new Point(i.X, i.Y))],
            [.. _edges.Select((edge, i) => Route(edge, _chains[i], tops, heights))],
            _items.Max(static i => i.X + (i.Width / 2)),
            tops[^1] + heights[^1]);
    }

    private int[] Ranks()
    {
        var ranks = new int[_nodes.Count];
        var forward = _edges.Where(static e => !e.IsBack).ToList();
        // Without circles the ranks are settled after as many rounds as there are nodes, at most.
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var edge in forward.Where(e => ranks[e.To] <= ranks[e.From]))
            {
                ranks[edge.To] = ranks[edge.From] + 1;
                changed = true;
            }
        }

        return ranks;
    }

    private LayerItem Add(LayerItem item)
    {
        while (_layers.Count <= item.Rank) _layers.Add([]);
        _layers[item.Rank].Add(item);
        _items.Add(item);
        return item;
    }

    /// <summary>The places an edge takes in the layers that it passes. One that goes back also takes one beside each of its ends.</summary>
    private List<LayerItem> Chain(LayoutEdge edge, int[] ranks)
    {
        var (first, last) = edge.IsBack ? (ranks[edge.To], ranks[edge.From]) : (ranks[edge.From] + 1, ranks[edge.To] - 1);
        var chain = Enumerable.Range(first, Math.Max(0, last - first + 1))
            .Select(rank => Add(new LayerItem(rank, ChannelWidth, 0, isChannel: true))).ToList();
        if (edge.IsBack) chain[0].Beside = _items[edge.To];
        if (edge.IsBack && chain.Count > 1) chain[^1].Beside = _items[edge.From];
        List<LayerItem> way = edge.IsBack ? chain : [_items[edge.From], .. chain, _items[edge.To]];
        for (var i = 1; i < way.Count; i++)
        {
            way[i - 1].Below.Add(way[i]);
            way[i].Above.Add(way[i - 1]);
        }

        return chain;
    }

    /// <summary>An edge that goes back leaves and meets its nodes from the side, so nothing may stand in between.</summary>
    private void KeepTurnsBesideTheirNodes()
    {
        var turns = _items.Where(static i => i.Beside is not null).Select(static turn => (Turn: turn, Way: Onward(turn).X - turn.Beside!.X)).ToList();
        // Those that go out farthest are put in first, so that the nearer ones come to stand inside them.
        foreach (var (turn, way) in turns.OrderByDescending(static t => Math.Abs(t.Way)))
        {
            var layer = _layers[turn.Rank];
            layer.Remove(turn);
            layer.Insert(layer.IndexOf(turn.Beside!) + (way < 0 ? 0 : 1), turn);
        }
    }

    private static LayerItem Onward(LayerItem turn) => turn.Above.Concat(turn.Below).FirstOrDefault() ?? turn;

    private (double[] Tops, double[] Heights) Heights()
    {
        var heights = _layers.Select(static layer => layer.Max(static i => i.Height)).ToArray();
        var tops = new double[heights.Length];
        for (var i = 1; i < tops.Length; i++) tops[i] = tops[i - 1] + heights[i - 1] + LayerGap;
        return (tops, heights);
    }

    private List<Point> Route(LayoutEdge edge, List<LayerItem> chain, double[] tops, double[] heights)
    {
        var (from, to) = (_items[edge.From], _items[edge.To]);
        if (edge.IsBack) return Back(from, to, chain, tops, heights);
        var points = new List<Point> { new(from.X, from.Y + (from.Height / 2)), new(from.X, tops[from.Rank] + heights[from.Rank]) };
        foreach (var item in chain)
        {
            points.Add(new Point(item.X, tops[item.Rank]));
            points.Add(new Point(item.X, tops[item.Rank] + heights[item.Rank]));
        }

        points.Add(new Point(to.X, tops[to.Rank]));
        points.Add(new Point(to.X, to.Y - (to.Height / 2)));
        return points;
    }

    private static List<Point> Back(LayerItem from, LayerItem to, List<LayerItem> chain, double[] tops, double[] heights)
    {
        // Ends in one layer are kept apart, one under the other.
        var apart = from.Rank == to.Rank ? Math.Min(from.Height, to.Height) / 4 : 0;
        var (first, last) = (chain[^1], chain[0]);
        var points = new List<Point> { Side(from, first, apart), new(first.X, from.Y + apart) };
        if (chain.Count > 1)
        {
            points.AddRange(Enumerable.Repeat(new Point(first.X, tops[first.Rank]), 2));
            for (var i = chain.Count - 2; i > 0; i--)
            {
                points.Add(new Point(chain[i].X, tops[chain[i].Rank] + heights[chain[i].Rank]));
                points.Add(new Point(chain[i].X, tops[chain[i].Rank]));
            }

            points.AddRange(Enumerable.Repeat(new Point(last.X, tops[last.Rank] + heights[last.Rank]), 2));
        }

        points.AddRange([new Point(last.X, to.Y - apart), Side(to, last, -apart)]);
        return points;
    }

    private static Point Side(LayerItem node, LayerItem turn, double apart) =>
        new(turn.X < node.X ? node.X - (node.Width / 2) : node.X + (node.Width / 2), node.Y + apart);
}
