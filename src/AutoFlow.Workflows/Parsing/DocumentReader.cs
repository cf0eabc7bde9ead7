using System.Text.RegularExpressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>What <c>document</c> says of a definition.</summary>
internal sealed record DocumentPart(WorkflowIdentity Identity, string? Title, string? Summary, Jq.JqValue Tags, Jq.JqValue Metadata);

/// <summary>Reads <c>document</c> (OWS dsl-reference.md, "Document").</summary>
internal static partial class DocumentReader
{
    private static readonly string[] Properties = ["dsl", "namespace", "name", "version", "title", "summary", "tags", "metadata"];

    public static DocumentPart? Read(ParseContext context, YamlNode node)
    {
        if (Fields.Of(node, context, "'document'", Properties) is not { } fields) return null;
        var dsl = Version(fields, "dsl");
        if (dsl is not null && !dsl.StartsWith("1.0.", StringComparison.Ordinal))
            context.Sink.Error(fields["dsl"]!.Position, $"the DSL version '{dsl}' is not supported", "this engine speaks 1.0.0 to 1.0.3");
        var identity = Identity(fields);
        var title = fields.Text("title");
        var summary = fields.Text("summary");
        var tags = fields.Json("tags");
        var metadata = fields.Json("metadata");
        return identity is null ? null : new DocumentPart(identity, title, summary, tags, metadata);
    }

    /// <summary>Namespace, name and version of a definition; null (and findings) when one of them is missing or wrong.</summary>
    /// <param name="otherwise">A word that may stand for the version; null for none.</param>
    public static WorkflowIdentity? Identity(Fields fields, string? otherwise = null)
    {
        var space = Label(fields, "namespace");
        var name = Label(fields, "name");
        var version = Version(fields, "version", otherwise);
        return space is null || name is null || version is null ? null : new WorkflowIdentity(space, name, version);
    }

    private static string? Version(Fields fields, string key, string? otherwise = null)
    {
        if (fields.Scalar(key, required: true) is not { } scalar) return null;
        if (scalar.Text == otherwise || SemanticVersion.Parse(scalar.Text) is not null) return scalar.Text;
        fields.Context.Sink.Error(
            scalar.Position, $"'{scalar.Text}' is no semantic version", otherwise is null ? "write it as 1.0.0" : $"write it as 1.0.0, or {otherwise}");
        return null;
    }

    private static string? Label(Fields fields, string key)
    {
        if (fields.Scalar(key, required: true) is not { } scalar) return null;
        if (DnsLabel().IsMatch(scalar.Text)) return scalar.Text;
        fields.Context.Sink.Error(
            scalar.Position, $"'{scalar.Text}' cannot be a {key}", "1 to 63 letters, digits and hyphens, no hyphen at either end");
        return null;
    }

    [GeneratedRegex(@"^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DnsLabel();
}
