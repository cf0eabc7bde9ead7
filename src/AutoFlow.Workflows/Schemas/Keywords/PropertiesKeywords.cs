using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary><c>properties</c>: a schema by the property's name (core, section 10.3.2.1).</summary>
internal sealed class PropertiesKeyword(string pointer, IReadOnlyList<KeyValuePair<string, SchemaNode>> nodes) : SchemaKeyword(pointer)
{
    public static SchemaKeyword? Read(KeywordReader reader) => reader.Map() is { } nodes ? new PropertiesKeyword(reader.Pointer, nodes) : null;

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Object) return true;
        var fits = true;
        foreach (var (name, node) in nodes)
        {
            if (!site.Value.TryGetProperty(name, out var value)) continue;
            fits &= site.Run.Apply(node, value, site.Path.Property(name), null);
            site.Marks?.Property(name);
        }

        return fits;
    }
}

/// <summary><c>patternProperties</c>: a schema for the properties whose name matches (core, section 10.3.2.2).</summary>
internal sealed class PatternPropertiesKeyword(string pointer, IReadOnlyList<(EcmaPattern Pattern, SchemaNode Node)> rules) : SchemaKeyword(pointer)
{
    public static SchemaKeyword? Read(KeywordReader reader)
    {
        if (reader.Map() is not { } map) return null;
        return new PatternPropertiesKeyword(reader.Pointer, [.. Patterns(reader, map)]);
    }

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Object) return true;
        var fits = true;
        foreach (var (name, value) in site.Value.Properties)
        {
            foreach (var (pattern, node) in rules)
            {
                if (!pattern.Matches(name, site.Path, Pointer)) continue;
                fits &= site.Run.Apply(node, value, site.Path.Property(name), null);
                site.Marks?.Property(name);
            }
        }

        return fits;
    }

    private static IEnumerable<(EcmaPattern, SchemaNode)> Patterns(KeywordReader reader, IEnumerable<KeyValuePair<string, SchemaNode>> map)
    {
        foreach (var (text, node) in map)
        {
            if (reader.Pattern(text, JsonPointer.Append(reader.Pointer, text)) is { } pattern) yield return (pattern, node);
        }
    }
}

/// <summary><c>additionalProperties</c>: a schema for the properties that neither of the two above names (core, section 10.3.2.3).</summary>
internal sealed class AdditionalPropertiesKeyword(
    string pointer, SchemaNode node, IReadOnlySet<string> names, IReadOnlyList<EcmaPattern> patterns) : SchemaKeyword(pointer)
{
    public static SchemaKeyword Read(KeywordReader reader)
    {
        var names = reader.Schema["properties"].Properties.Select(static p => p.Key).ToHashSet(StringComparer.Ordinal);
        // A pattern that is none is reported by patternProperties.
        var patterns = reader.Schema["patternProperties"].Properties.Select(p => EcmaPattern.Read(p.Key, reader.Options.RegexTimeout).Pattern);
        return new AdditionalPropertiesKeyword(reader.Pointer, reader.Node(), names, [.. patterns.OfType<EcmaPattern>()]);
    }

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Object) return true;
        var fits = true;
        foreach (var (name, value) in site.Value.Properties)
        {
            if (names.Contains(name) || patterns.Any(p => p.Matches(name, site.Path, Pointer))) continue;
            fits &= node.IsFalse
                ? site.Run.Fail(site.Path.Property(name), Pointer, Unknown(name, names.Order(StringComparer.Ordinal)))
                : site.Run.Apply(node, value, site.Path.Property(name), null);
            site.Marks?.Property(name);
        }

        return fits;
    }

    private static string Unknown(string name, IEnumerable<string> known) =>
        NearestWord.Suggestion(name, known) is { } hint ? $"is not known here ({hint})" : "is not known here";
}

/// <summary><c>propertyNames</c>: a schema for every property's name (core, section 10.3.2.4).</summary>
internal sealed class PropertyNamesKeyword(string pointer, SchemaNode node) : SchemaKeyword(pointer)
{
    public static SchemaKeyword Read(KeywordReader reader) => new PropertyNamesKeyword(reader.Pointer, reader.Node());

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Object) return true;
        var fits = true;
        foreach (var (name, _) in site.Value.Properties)
        {
            if (site.Run.Test(node, JqValue.From(name), site.Path.Property(name), null)) continue;
            var why = site.Run.Why(node, JqValue.From(name), site.Path.Property(name));
            fits = site.Run.Fail(site.Path.Property(name), Pointer, why is [var first, ..] ? $"the property's name {first.Message}" : "is no allowed name");
        }

        return fits;
    }
}
