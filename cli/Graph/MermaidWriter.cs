using System.Text;
using AutoFlow.Workflows.Outline;

namespace AutoFlow.Cli.Graph;

/// <summary>Writes a definition as a Mermaid flowchart.</summary>
internal sealed class MermaidWriter
{
    private readonly StringBuilder _text = new();

    public static string Write(DefinitionOutline outline)
    {
        var writer = new MermaidWriter();
        writer._text.Append("---\ntitle: ").Append(Title(outline)).Append("\n---\nflowchart TD\n");
        writer.Graph(FlowGraphBuilder.Of(outline), 1);
        if (outline.Functions.Count > 0)
        {
            writer.Line(1, "subgraph functions");
            writer.Graph(FlowGraphBuilder.Apart(outline.Functions, "f"), 2);
            writer.Line(1, "end");
        }

        return writer._text.ToString();
    }

    private static string Title(DefinitionOutline outline)
    {
        var text = outline.Title is { } title ? $"{title} ({outline.Identity.Name} {outline.Identity.Version})" : outline.Identity.ToString();
        return "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ") + "\"";
    }

    private void Graph(FlowGraph graph, int depth)
    {
        foreach (var node in graph.Nodes) Node(node, depth);
        var labels = graph.Nodes.Where(static n => n.Kind == FlowNodeKind.Label).ToDictionary(static n => n.Id, static n => n.Text);
        foreach (var edge in graph.Edges.Where(e => !labels.ContainsKey(e.From)))
        {
            // A label is a node of its own in our graph, and stands on the edge in Mermaid's.
            var onward = graph.Edges.FirstOrDefault(e => e.From == edge.To && labels.ContainsKey(edge.To));
            var arrow = edge.IsCatch ? "-.->" : "-->";
            var label = onward is null ? "" : $"|\"{Escaped(labels[edge.To])}\"|";
            Line(depth, $"{edge.From} {arrow}{label} {(onward ?? edge).To}");
        }
    }

    private void Node(FlowNode node, int depth)
    {
        switch (node.Kind)
        {
            case FlowNodeKind.Label:
                break;
            case FlowNodeKind.Start:
                Line(depth, $"{node.Id}((\" \"))");
                break;
            case FlowNodeKind.End:
                Line(depth, $"{node.Id}(((\"end\")))");
                break;
            case FlowNodeKind.Exit:
                Line(depth, $"{node.Id}((\"exit\"))");
                break;
            default:
                Task(node, depth);
                break;
        }
    }

    private void Task(FlowNode node, int depth)
    {
        var task = node.Task!;
        var label = string.Join("<br>", TaskWords.Lines(task).Prepend(task.Name).Select(Escaped));
        if (node.Parts.Count == 0)
        {
            var (open, close) = task.Keyword switch
            {
                "switch" => ("{", "}"),
                "listen" or "wait" => ("([", "])"),
                "run" => ("[[", "]]"),
                "raise" => ("[/", "/]"),
                _ => ("[", "]"),
            };
            Line(depth, $"{node.Id}{open}\"{label}\"{close}");
            return;
        }

        Line(depth, $"subgraph {node.Id}[\"{label}\"]");
        foreach (var part in node.Parts)
        {
            if (part.Title.Length == 0)
            {
                Graph(part.Graph, depth + 1);
                continue;
            }

            Line(depth + 1, $"subgraph {node.Id}_catch[\"{Escaped(part.Title)}\"]");
            Graph(part.Graph, depth + 2);
            Line(depth + 1, "end");
        }

        Line(depth, "end");
    }

    private void Line(int depth, string line) => _text.Append(' ', depth * 2).Append(line).Append('\n');

    /// <summary>Text as Mermaid takes it inside quotes: what could be read as its syntax or as HTML becomes an entity.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            if (c is '"' or '<' or '>' or '&' or '#' or ';' or '`' or '\\' or '{' or '}' or '[' or ']' or '|') escaped.Append('#').Append((int)c).Append(';');
            else escaped.Append(char.IsControl(c) ? ' ' : c);
        }

        return escaped.ToString();
    }
}
