using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Schemas;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads the schemas of data, written in place or pinned from a resource (OWS dsl-reference.md, "Schema").</summary>
internal static class SchemaReader
{
    private const string Json = "json";

    private static readonly Dictionary<string, SchemaDraft> Versions = new(StringComparer.Ordinal)
    {
        ["draft-04"] = SchemaDraft.Draft4,
        ["draft-06"] = SchemaDraft.Draft6,
        ["draft-07"] = SchemaDraft.Draft7,
        ["2019-09"] = SchemaDraft.Draft201909,
        ["2020-12"] = SchemaDraft.Draft202012,
    };

    /// <summary>The schema; null (and findings) when it is wrong.</summary>
    /// <param name="property">input.schema, output.schema or export.schema.</param>
    public static DataSchema? Read(ParseContext context, YamlNode node, string property)
    {
        if (Fields.Of(node, context, $"'{property}'", ["format", "document", "resource"]) is not { } fields) return null;
        var draft = Draft(fields);
        if (fields.Has("document") == fields.Has("resource"))
        {
            context.Sink.Error(fields.Position, $"'{property}' needs one of document, resource");
            return null;
        }

        if (draft is null) return null;
        var schema = fields["document"] is { } document
            ? Compile(context, document, draft.Value, context.Place)
            : External(context, fields["resource"]!, $"the resource of '{property}'", draft.Value);
        return schema is null ? null : new DataSchema(property, schema);
    }

    private static SchemaDraft? Draft(Fields fields)
    {
        const SchemaDraft newest = SchemaDraft.Draft202012;
        if (!fields.Has("format")) return newest;
        if (fields.Scalar("format") is not { } format) return null;
        var parts = format.Text.Split(':', 2);
        if (parts[0] != Json)
        {
            if (NearestWord.Suggestion(parts[0], [Json]) is { } hint)
                fields.Context.Sink.Error(format.Position, $"'format' cannot be '{format.Text}'", hint);
            else
                fields.Context.Sink.NotSupported(format.Position, Refusals.SchemaFormat);
            return null;
        }

        if (parts.Length == 1) return newest;
        if (Versions.TryGetValue(parts[1], out var draft)) return draft;
        fields.Context.Sink.Error(format.Position, $"unknown version '{parts[1]}' of JSON Schema", NearestWord.Hint(parts[1], Versions.Keys));
        return null;
    }

    private static JsonSchema? External(ParseContext context, YamlNode node, string what, SchemaDraft draft)
    {
        if (ExternalResource.Read(context, node, what) is not { } resource) return null;
        var own = context.For(resource);
        var schema = YamlReader.Read(own.Source, own.Sink) is { } root ? Compile(own, root, draft, resource.Uri) : null;
        context.Sink.Include(own.Sink);
        return schema;
    }

    private static JsonSchema? Compile(ParseContext context, YamlNode node, SchemaDraft draft, Uri place)
    {
        var compilation = JsonSchema.Compile(node.ToJson(), new SchemaOptions
        {
            Draft = draft,
            BaseUri = place,
            Documents = uri => Document(context, node.Position, uri),
        });
        foreach (var problem in compilation.Problems)
        {
            var inside = problem.Pointer.Length == 0 || problem.Pointer[0] == '/';
            var position = inside ? YamlPointer.Locate(node, problem.Pointer, key: problem.IsWarning) : node.Position;
            var message = inside ? $"schema: {problem.Message}" : $"schema {problem.Pointer}: {problem.Message}";
            if (problem.IsWarning) context.Sink.Warning(position, message, problem.Hint);
            else context.Sink.Error(position, message, problem.Hint);
        }

        return compilation.Schema;
    }

    /// <summary>Another schema that a reference names: pinned with the definition as every resource is.</summary>
    private static JqValue? Document(ParseContext context, SourcePosition position, Uri uri)
    {
        if (uri.Scheme is not ("http" or "https" or "file")) return null;
        var name = uri.IsFile ? uri.AbsolutePath.TrimStart('/') : uri.AbsoluteUri;
        if (name.Length == 0 || context.Resource(position, name, uri.IsFile ? ResourceUri.Definition : null) is not { } resource) return null;
        var own = context.For(resource);
        var root = YamlReader.Read(own.Source, own.Sink);
        context.Sink.Include(own.Sink);
        return root?.ToJson();
    }
}
