using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AutoFlow.Functions.Telemetry.Tree;

/// <summary>Draws the trace of a message as a tree: a line for each span, with its duration and the attributes that matter. Pure.</summary>
internal static class SpanTree
{
    private const string DurableInstance = "durabletask.task.instance_id";
    private const string Creates = "create_orchestration:";

    /// <summary>The attributes shown, in this order; the ids that all have stand above the tree.</summary>
    private static readonly string[] Shown =
    [
        "http.request.method", "http.route", "server.address", "server.port", "http.response.status_code", TelemetryNames.Language, TelemetryNames.Intent,
        TelemetryNames.Workflow, TelemetryNames.InstanceId, "durabletask.event.target_instance_id", "durabletask.task.status", TelemetryNames.Channel,
        TelemetryNames.Outcome, "error.type",
    ];

    /// <summary>Empty when no span speaks of the message.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<Activity> spans, string messageId)
    {
        if (spans.Where(span => Text(span, TelemetryNames.MessageId) == messageId).MinBy(span => span.StartTimeUtc) is not { } first) return [];
        var trace = spans.Where(span => span.TraceId == first.TraceId).OrderBy(span => span.StartTimeUtc).ToList();
        var conversations = trace.Select(span => Text(span, TelemetryNames.ConversationId)).OfType<string>().Distinct(StringComparer.Ordinal).DefaultIfEmpty("none");
        var lines = new List<string> { $"trace {first.TraceId}  message {messageId}  conversation {string.Join(", ", conversations)}  {trace.Count} spans" };
        foreach (var root in Nodes(trace)) Draw(root, "", "", lines);
        return lines;
    }

    /// <summary>The roots, with what is below them. Where an orchestration still runs, its span is not there yet: a node without duration stands for it.</summary>
    private static List<Node> Nodes(List<Activity> trace)
    {
        var nodes = trace.ToDictionary(span => span.SpanId, span => new Node(span.Source.Name == "System.Net.Http" ? "HTTP" : span.OperationName, span));
        var roots = new List<Node>();
        foreach (var span in trace)
        {
            if (!nodes.TryGetValue(span.ParentSpanId, out var parent))
            {
                if (Text(span, DurableInstance) is not { } instance || span.OperationName.StartsWith(Creates, StringComparison.Ordinal))
                {
                    roots.Add(nodes[span.SpanId]);
                    continue;
                }

                parent = new Node($"orchestration of {instance}, which still runs", null);
                nodes.Add(span.ParentSpanId, parent);
                var starter = trace.Find(one => one.OperationName.StartsWith(Creates, StringComparison.Ordinal) && Text(one, DurableInstance) == instance);
                (starter is null ? roots : nodes[starter.SpanId].Below).Add(parent);
            }

            parent.Below.Add(nodes[span.SpanId]);
        }

        return roots;
    }

    private static void Draw(Node node, string before, string beforeBelow, List<string> lines)
    {
        lines.Add(before + Line(node));
        for (var index = 0; index < node.Below.Count; index++)
        {
            var last = index == node.Below.Count - 1;
            Draw(node.Below[index], beforeBelow + (last ? "└─ " : "├─ "), beforeBelow + (last ? "   " : "│  "), lines);
        }
    }

    private static string Line(Node node)
    {
        if (node.Span is not { } span) return node.Name;
        var line = new StringBuilder(node.Name).Append(CultureInfo.InvariantCulture, $"  {span.Duration.TotalMilliseconds:0.0} ms");
        // The orchestration above says whose step it is.
        foreach (var name in Shown.Where(name => !span.OperationName.StartsWith("activity:", StringComparison.Ordinal) || name is not (TelemetryNames.Workflow or TelemetryNames.InstanceId)))
            if (Text(span, name) is { } value) line.Append(CultureInfo.InvariantCulture, $"  {name[(name.StartsWith("autoflow.", StringComparison.Ordinal) ? 9 : 0)..]}={value}");
        if (span.OperationName == Spans.Route)
            foreach (var link in span.Links) line.Append(CultureInfo.InvariantCulture, $"  goes on in trace {link.Context.TraceId}");
        return line.ToString();
    }

    private static string? Text(Activity span, string name) => span.GetTagItem(name)?.ToString();

    /// <param name="Span">Null for an orchestration whose span is not written yet.</param>
    private sealed record Node(string Name, Activity? Span)
    {
        public List<Node> Below { get; } = [];
    }
}
