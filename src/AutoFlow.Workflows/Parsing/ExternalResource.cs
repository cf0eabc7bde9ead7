using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>The text of an external resource, pinned with its definition.</summary>
/// <param name="Uri">Its absolute URI.</param>
/// <param name="Text">Its text.</param>
internal sealed record PinnedResource(Uri Uri, string Text);

/// <summary>Reads external resources that are pinned with the definition (OWS dsl-reference.md, "External Resource").</summary>
internal static class ExternalResource
{
    /// <summary>The resource's text; null (and a finding) when it is wrong, or not here.</summary>
    /// <param name="what">What it is, as the author calls it: <c>'resource'</c>.</param>
    public static PinnedResource? Read(ParseContext context, YamlNode node, string what)
    {
        if (Fields.Of(node, context, what, ["name", "endpoint"]) is not { } fields) return null;
        fields.Scalar("name");
        return fields.Require("endpoint") is { } endpoint && Uri(context, endpoint, $"the endpoint of {what}") is { } uri
            ? context.Resource(uri.Position, uri.Text)
            : null;
    }

    /// <summary>The fixed URI of an endpoint that is read when the definition is published; null (and a finding) when it has none.</summary>
    public static YamlScalar? Uri(ParseContext context, YamlNode endpoint, string what)
    {
        var node = endpoint;
        if (endpoint is YamlMapping)
        {
            if (Fields.Of(endpoint, context, what, ["uri", "authentication"]) is not { } fields) return null;
            if (fields.Has("authentication"))
            {
                context.Sink.NotSupported(fields.KeyPosition("authentication"), Refusals.ResourceAuthentication);
                return null;
            }

            if (fields.Require("uri") is not { } uri) return null;
            node = uri;
        }

        if (node is not YamlScalar { IsText: true } scalar)
        {
            context.Sink.Error(node.Position, $"{what} must be a URI, not {node.KindName}");
            return null;
        }

        if (!ExpressionReader.IsExpression(scalar.Text) && !scalar.Text.Contains('{', StringComparison.Ordinal)) return scalar;
        context.Sink.Error(scalar.Position, $"{what} must be a fixed URI", "it is read once, when the definition is published");
        return null;
    }
}
