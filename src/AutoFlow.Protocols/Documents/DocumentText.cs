using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Protocols.Documents;

/// <summary>Reads the text of a description, which is JSON or YAML, and follows references inside it.</summary>
internal static class DocumentText
{
    private const int MostReferences = 32;

    /// <summary>The document, an object.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">It is neither JSON nor YAML, or no object.</exception>
    public static JqValue Read(string text, string what)
    {
        var content = text.AsSpan().TrimStart().StartsWith("{") ? Json(text, what) : Yaml(text, what);
        return content.Kind == JqKind.Object ? content : throw Failures.Configuration($"{what} is {content.TypeName}, not an object");
    }

    /// <summary>The node itself, or what its <c>$ref</c> points to inside the document (RFC 6901).</summary>
    /// <param name="what">What the document is, for messages.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">The reference leads nowhere, in a circle, or to another document.</exception>
    public static JqValue Follow(JqValue document, JqValue node, string what)
    {
        for (var step = 0; step < MostReferences; step++)
        {
            if (node["$ref"].AsString() is not { } reference) return node;
            if (!reference.StartsWith("#/", StringComparison.Ordinal))
                throw Failures.Configuration($"{what} refers to '{Failures.Shown(reference)}', another document; use one that holds everything");
            node = At(document, reference) ?? throw Failures.Configuration($"{what} refers to '{Failures.Shown(reference)}', which it does not have");
        }

        throw Failures.Configuration($"{what} has references that lead in a circle");
    }

    private static JqValue? At(JqValue document, string reference)
    {
        var at = document;
        foreach (var part in reference[2..].Split('/'))
        {
            var key = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (!at.TryGetProperty(key, out var next)) return null;
            at = next;
        }

        return at;
    }

    private static JqValue Json(string text, string what)
    {
        try
        {
            return JqValue.Parse(text);
        }
        catch (FormatException)
        {
            throw Failures.Configuration($"{what} is no JSON that can be read");
        }
    }

    private static JqValue Yaml(string text, string what)
    {
        var source = new SourceText("document", text);
        var sink = new DiagnosticSink(source);
        var root = YamlReader.Read(source, sink);
        return root is not null && !sink.HasErrors
            ? root.ToJson()
            : throw Failures.Configuration($"{what} is no YAML that can be read: line {sink.ToList()[0].Position.Line}, {sink.ToList()[0].Message}");
    }
}
