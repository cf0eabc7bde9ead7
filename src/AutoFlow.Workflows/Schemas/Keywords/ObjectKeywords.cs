using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>The limits of objects (validation, section 6.5).</summary>
internal static class ObjectKeywords
{
    public static SchemaKeyword? MaxProperties(KeywordReader reader) => reader.Count() is { } most
        ? On(reader, value => value.Count <= most ? null : $"must have at most {Words.Of(most, "property", "properties")}, not {value.Count}")
        : null;

    public static SchemaKeyword? MinProperties(KeywordReader reader) => reader.Count() is { } least
        ? On(reader, value => value.Count >= least ? null : $"must have at least {Words.Of(least, "property", "properties")}, not {value.Count}")
        : null;

    public static SchemaKeyword? Required(KeywordReader reader)
    {
        if (reader.Texts() is not { } names) return null;
        return On(reader, value => Missing(value, names) is { Length: > 0 } missing ? $"needs {missing}" : null);
    }

    public static SchemaKeyword? DependentRequired(KeywordReader reader)
    {
        if (reader.Value.Kind != JqKind.Object)
        {
            reader.Mistyped("a map of lists of names");
            return null;
        }

        var rules = reader.Value.Properties
            .Select(p => (p.Key, Names: reader.Texts(p.Value, JsonPointer.Append(reader.Pointer, p.Key)) ?? [])).ToList();
        return On(reader, value => Broken(value, rules));
    }

    /// <summary>What is wrong by the first rule whose property is there; null when nothing is.</summary>
    public static string? Broken(JqValue value, IEnumerable<(string Key, IReadOnlyList<string> Names)> rules) => rules
        .Where(rule => value.TryGetProperty(rule.Key, out _))
        .Select(rule => Missing(value, rule.Names) is { Length: > 0 } missing ? $"needs {missing}, because it has '{rule.Key}'" : null)
        .FirstOrDefault(static message => message is not null);

    private static string Missing(JqValue value, IEnumerable<string> names) =>
        string.Join(", ", names.Where(name => !value.TryGetProperty(name, out _)).Distinct(StringComparer.Ordinal).Select(static name => $"'{name}'"));

    private static Assertion On(KeywordReader reader, Func<JqValue, string?> wrong) =>
        new(reader.Pointer, value => value.Kind == JqKind.Object ? wrong(value) : null);
}
