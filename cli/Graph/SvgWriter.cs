using System.Globalization;
using System.Text;
using AutoFlow.Workflows.Outline;

namespace AutoFlow.Cli.Graph;

/// <summary>Draws a definition as an SVG that needs nothing else: no scripts, no fonts, nothing from the network.</summary>
internal sealed class SvgWriter
{
    private const double Margin = 24;
    private const double TitleHeight = 56;

    private readonly StringBuilder _svg = new();

    public static string Write(DefinitionOutline outline)
    {
        var graphs = new List<PlacedGraph> { PlacedGraph.Of(FlowGraphBuilder.Of(outline)) };
        if (outline.Functions.Count > 0) graphs.Add(PlacedGraph.Of(FlowGraphBuilder.Apart(outline.Functions, "f")));
        return new SvgWriter().Document(outline, graphs);
    }

    private string Document(DefinitionOutline outline, List<PlacedGraph> graphs)
    {
        var title = outline.Title ?? outline.Identity.Name;
        var width = Math.Max(graphs.Max(static g => g.Layout.Width), SvgText.Width(title, 18, bold: true)) + (2 * Margin);
        var height = graphs.Sum(static g => g.Layout.Height + Margin) + TitleHeight + (2 * Margin);
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0.#} {height:0.#}\" ");
        _svg.Append(CultureInfo.InvariantCulture, $"width=\"{width:0.#}\" height=\"{height:0.#}\" role=\"img\">\n");
        _svg.Append("<title>").Append(SvgText.Escaped(title)).Append("</title>\n<style>").Append(SvgStyle.Css).Append("</style>\n");
        _svg.Append("<defs>");
        Marker("arrow");
        Marker("catcharrow");
        _svg.Append("</defs>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        Text("title", Margin, Margin + 14, title);
        Text("sub", Margin, Margin + 32, outline.Identity.ToString());
        var top = TitleHeight + Margin;
        foreach (var graph in graphs)
        {
            if (graph != graphs[0]) Text("sub", Margin, top - 4, "functions that tasks call");
            Graph(graph, (width - graph.Layout.Width) / 2, top);
            top += graph.Layout.Height + (2 * Margin);
        }

        return _svg.Append("</svg>\n").ToString();
    }

    private void Marker(string id) => _svg
        .Append("<marker id=\"").Append(id).Append("\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">")
        .Append("<path class=\"").Append(id).Append("\" d=\"M0 1L10 5L0 9z\"/></marker>");

    private void Graph(PlacedGraph graph, double left, double top)
    {
        for (var i = 0; i < graph.Graph.Edges.Count; i++) Edge(graph, graph.Graph.Edges[i], graph.Layout.Routes[i], left, top);
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var center = graph.Layout.Centers[i];
            Node(graph.Nodes[i], left + center.X, top + center.Y, graph.Graph.Edges.Any(e => e.IsCatch && e.From == graph.Nodes[i].Node.Id));
        }
    }

    private void Edge(PlacedGraph graph, FlowEdge edge, IReadOnlyList<Point> route, double left, double top)
    {
        var path = new StringBuilder();
        for (var i = 0; i < route.Count; i++)
        {
            var (x, y) = (route[i].X + left, route[i].Y + top);
            if (i == 0)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}");
            }
            else if (i % 2 == 1)
            {
                if (route[i] != route[i - 1]) path.Append(CultureInfo.InvariantCulture, $"L{x:0.#} {y:0.#}");
            }
            else
            {
                var (before, middle) = (route[i - 1], ((route[i - 1].Y + route[i].Y) / 2) + top);
                path.Append(CultureInfo.InvariantCulture, $"C{before.X + left:0.#} {middle:0.#} {x:0.#} {middle:0.#} {x:0.#} {y:0.#}");
            }
        }

        var toLabel = graph.Graph.Nodes.First(n => n.Id == edge.To).Kind == FlowNodeKind.Label;
        var marker = toLabel ? "" : $" marker-end=\"url(#{(edge.IsCatch ? "catcharrow" : "arrow")})\"";
        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"way{(edge.IsCatch ? " catch" : "")}\" d=\"{path}\"{marker}>");
        if (edge.Note is { } note) _svg.Append("<title>").Append(SvgText.Escaped(note)).Append("</title>");
        _svg.Append("</path>\n");
    }

    private void Node(PlacedGraph.PlacedNode placed, double x, double y, bool troubled)
    {
        switch (placed.Node.Kind)
        {
            case FlowNodeKind.Start:
                Circle("dot", x, y, 7);
                break;
            case FlowNodeKind.End:
                Circle("end", x, y, 8);
                Circle("dot", x, y, 4.5);
                break;
            case FlowNodeKind.Exit:
                Circle("end", x, y, 7);
                break;
            case FlowNodeKind.Label:
                Text(troubled ? "label catchlabel" : "label", x, y + 4, placed.Node.Text);
                break;
            default:
                Task(placed, x - (placed.Width / 2), y - (placed.Height / 2));
                break;
        }
    }

    private void Task(PlacedGraph.PlacedNode placed, double left, double top)
    {
        var task = placed.Node.Task!;
        _svg.Append("<g><title>").Append(SvgText.Escaped(TaskWords.Full(task))).Append("</title>\n");
        if (placed.Parts.Count > 0) Group(placed, task, left, top);
        else Leaf(placed, task, left, top);
        _svg.Append("</g>\n");
    }

    private void Leaf(PlacedGraph.PlacedNode placed, OutlineTask task, double left, double top)
    {
        var (width, height) = (placed.Width, placed.Height);
        if (task.Keyword == "switch")
        {
            const double cut = 12;
            var (right, bottom, middle) = (left + width, top + height, top + (height / 2));
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"node decides\" d=\"M{left + cut:0.#} {top:0.#}H{right - cut:0.#}L{right:0.#} {middle:0.#}");
            _svg.Append(CultureInfo.InvariantCulture, $"L{right - cut:0.#} {bottom:0.#}H{left + cut:0.#}L{left:0.#} {middle:0.#}z\"/>\n");
        }
        else
        {
            Rect($"node {SvgStyle.ClassOf(task.Keyword)}", left, top, width, height, task.Keyword is "listen" or "wait" ? height / 2 : 6);
        }

        var center = left + (width / 2);
        Text("name", center, top + (placed.Lines.Count == 0 ? (height / 2) + 4.5 : 19), task.Name);
        for (var i = 0; i < placed.Lines.Count; i++) Text("line", center, top + 34 + (i * PlacedGraph.LineHeight), placed.Lines[i]);
    }

    private void Group(PlacedGraph.PlacedNode placed, OutlineTask task, double left, double top)
    {
        Rect("group", left, top, placed.Width, placed.Height, 8);
        Text("name head", left + PlacedGraph.Padding, top + 19, task.Name);
        for (var i = 0; i < placed.Lines.Count; i++)
            Text("line head", left + PlacedGraph.Padding, top + 34 + (i * PlacedGraph.LineHeight), placed.Lines[i]);
        var y = top + placed.HeadHeight;
        foreach (var part in placed.Parts)
        {
            var height = PlacedGraph.PlacedNode.PartHeight(part);
            var titled = part.Title.Length > 0 ? PlacedGraph.LineHeight + 4 : 0;
            if (titled > 0)
            {
                Rect("part", left + PlacedGraph.Padding, y, placed.Width - (2 * PlacedGraph.Padding), height, 6);
                Text("label catchlabel head", left + (2 * PlacedGraph.Padding), y + 15, part.Title);
            }

            Graph(part.Graph, left + ((placed.Width - part.Graph.Layout.Width) / 2), y + PlacedGraph.Padding + titled);
            y += height + 6;
        }
    }

    private void Circle(string style, double x, double y, double radius) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\"/>\n");

    private void Rect(string style, double x, double y, double width, double height, double radius)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\" ");
        _svg.Append(CultureInfo.InvariantCulture, $"width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"{radius:0.#}\"/>\n");
    }

    private void Text(string style, double x, double y, string text) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{SvgText.Escaped(text)}</text>\n");
}
