using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>What a keyword is read from: its value, its schema and its place.</summary>
internal sealed class KeywordReader(SchemaCompiler compiler, SchemaPlace place, string name, JqValue value)
{
    public SchemaOptions Options => compiler.Options;

    public JqValue Value { get; } = value;

    /// <summary>The schema that the keyword stands in.</summary>
    public JqValue Schema => place.Json;

    public SchemaDraft Draft => place.Resource.Draft;

    public string Pointer { get; } = JsonPointer.Append(place.FullPointer, name);

    /// <summary>The value as a schema.</summary>
    public SchemaNode Node() => compiler.Node(place, Value, JsonPointer.Append(place.Pointer, name));

    /// <summary>The schema under another keyword of the same schema; null when there is none.</summary>
    public SchemaNode? Sibling(string other) =>
        Schema.TryGetProperty(other, out var json) ? compiler.Node(place, json, JsonPointer.Append(place.Pointer, other)) : null;

    /// <summary>The schema under a key of the value.</summary>
    public SchemaNode Under(string key) => compiler.Node(place, Value[key], JsonPointer.Append(JsonPointer.Append(place.Pointer, name), key));

    /// <summary>The value as a list of schemas; null (and a problem) when it is none.</summary>
    public IReadOnlyList<SchemaNode>? List()
    {
        if (Value.Kind == JqKind.Array && Value.Count > 0)
            return [.. Value.Items.Select((item, index) => compiler.Node(place, item, $"{JsonPointer.Append(place.Pointer, name)}/{index}"))];
        Mistyped("a list of at least one schema");
        return null;
    }

    /// <summary>The value as schemas by name; null (and a problem) when it is none.</summary>
    public IReadOnlyList<KeyValuePair<string, SchemaNode>>? Map()
    {
        if (Value.Kind == JqKind.Object) return [.. Value.Properties.Select(p => KeyValuePair.Create(p.Key, Under(p.Key)))];
        Mistyped("a map of schemas");
        return null;
    }

    /// <summary>The value as a whole number from 0; null (and a problem) when it is none.</summary>
    public double? Count()
    {
        if (Value is JqNumber { Value: >= 0 } number && Numbers.IsWhole(number)) return number.Value;
        Mistyped("a whole number from 0");
        return null;
    }

    /// <summary>The value as a number; null (and a problem) when it is none.</summary>
    public JqNumber? Number()
    {
        if (Value is JqNumber number) return number;
        Mistyped("a number");
        return null;
    }

    /// <summary>The value as a list of texts; null (and a problem) when it is none.</summary>
    public IReadOnlyList<string>? Texts() => Texts(Value, Pointer);

    public IReadOnlyList<string>? Texts(JqValue list, string at)
    {
        if (list.Kind == JqKind.Array && list.Items.All(static i => i.Kind == JqKind.String)) return [.. list.Items.Select(static i => i.AsString()!)];
        compiler.Report(new SchemaProblem(at, $"'{name}' must be a list of names, not {Words.A(list)}"));
        return null;
    }

    /// <summary>The value as text; null (and a problem) when it is none.</summary>
    public string? Text()
    {
        if (Value.AsString() is { } text) return text;
        Mistyped("text");
        return null;
    }

    /// <summary>The place that a reference names; null (and a problem) when there is none.</summary>
    public SchemaPlace? Resolve(string reference) => compiler.Resolve(place, reference, Pointer);

    public SchemaNode Node(SchemaPlace target) => compiler.Node(target);

    /// <summary>A pattern; null (and a problem) when it is none.</summary>
    public EcmaPattern? Pattern(string text, string at)
    {
        var (pattern, error) = EcmaPattern.Read(text, Options.RegexTimeout);
        if (error is not null) compiler.Report(new SchemaProblem(at, $"'{text}' is no regular expression: {error}"));
        return pattern;
    }

    public void Mistyped(string expected, string? hint = null) => Wrong($"'{name}' must be {expected}, not {Words.A(Value)}", hint);

    public void Wrong(string message, string? hint = null) => compiler.Report(new SchemaProblem(Pointer, message, hint));

    public void Warn(string message, string? hint = null) => compiler.Report(new SchemaProblem(Pointer, message, hint, IsWarning: true));
}
