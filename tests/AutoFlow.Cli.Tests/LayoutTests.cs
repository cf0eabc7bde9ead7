using AutoFlow.Cli.Graph;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Cli.Tests;

/// <summary>Whatever the graph, nodes do not lie on each other, and edges begin and end at their nodes.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Random_graphs_are_placed_without_overlaps() => Prop.ForAll(Arb.From(Graphs), static graph =>
    {
        var layout = LayeredLayout.Place(graph.Nodes, graph.Edges);
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var (a, at) = (graph.Nodes[i], layout.Centers[i]);
            Assert.True(at.X - (a.Width / 2) >= -0.01 && at.X + (a.Width / 2) <= layout.Width + 0.01);
            Assert.True(at.Y - (a.Height / 2) >= -0.01 && at.Y + (a.Height / 2) <= layout.Height + 0.01);
            for (var j = 0; j < i; j++)
            {
                var (b, other) = (graph.Nodes[j], layout.Centers[j]);
                var apart = Math.Abs(at.X - other.X) >= ((a.Width + b.Width) / 2) - 0.01 || Math.Abs(at.Y - other.Y) >= ((a.Height + b.Height) / 2) - 0.01;
                Assert.True(apart, $"{i} and {j}");
            }
        }

        for (var i = 0; i < graph.Edges.Count; i++)
        {
            var (edge, route) = (graph.Edges[i], layout.Routes[i]);
            Assert.True(Touches(route[0], graph.Nodes[edge.From], layout.Centers[edge.From]) && Touches(route[^1], graph.Nodes[edge.To], layout.Centers[edge.To]));
            Assert.All(route, static point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
        }
    }).QuickCheckThrowOnFailure();

    private static Gen<(IReadOnlyList<LayoutNode> Nodes, IReadOnlyList<LayoutEdge> Edges)> Graphs =>
        from count in Gen.Choose(1, 20)
        from sizes in Gen.Choose(10, 200).ListOf(2 * count)
        from ends in Gen.Choose(0, count - 1).ListOf(2 * Math.Min(count, 12) * 2)
        let nodes = Enumerable.Range(0, count).Select(i => new LayoutNode(sizes[2 * i], sizes[(2 * i) + 1])).ToList()
        let edges = ends.Chunk(2).Select(pair => new LayoutEdge(pair[0], pair[1], pair[1] <= pair[0])).ToList()
        select ((IReadOnlyList<LayoutNode>)nodes, (IReadOnlyList<LayoutEdge>)edges);

    /// <summary>Whether a point lies on a node's edge.</summary>
    private static bool Touches(Point point, LayoutNode node, Point center)
    {
        var (x, y) = (Math.Abs(point.X - center.X), Math.Abs(point.Y - center.Y));
        return x <= (node.Width / 2) + 0.01 && y <= (node.Height / 2) + 0.01
            && (Math.Abs(x - (node.Width / 2)) < 0.01 || Math.Abs(y - (node.Height / 2)) < 0.01);
    }
}
