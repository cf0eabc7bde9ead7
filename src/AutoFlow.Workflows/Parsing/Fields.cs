using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>A map of the definition whose keys were checked; reads its values with their types.</summary>
internal sealed class Fields
{
    private readonly YamlMapping _map;
    private readonly string _what;

    private Fields(YamlMapping map, ParseContext context, string what) => (_map, Context, _what) = (map, context, what);

    public ParseContext Context { get; }

    public SourcePosition Position => _map.Position;

    /// <summary>The node under a key; null when the key is not there.</summary>
    public YamlNode? this[string key] => _map.Find(key)?.Value;

    /// <summary>Reads a map and reports every key that is not allowed; null (and an error) when the node is no map.</summary>
    /// <param name="what">What the map is, as the author calls it: <c>document</c>, <c>task 'ask'</c>, …</param>
    public static Fields? Of(YamlNode node, ParseContext context, string what, IReadOnlyCollection<string> allowed)
    {
        if (node is not YamlMapping map)
        {
            context.Sink.Error(node.Position, $"{what} must be a map, not {node.KindName}");
            return null;
        }

        foreach (var entry in map.Entries)
        {
            if (!allowed.Contains(entry.Name))
                context.Sink.Error(entry.Key.Position, $"unknown property '{entry.Name}' in {what}", NearestWord.Hint(entry.Name, allowed));
        }

        return new Fields(map, context, what);
    }

    public bool Has(string key) => _map.Find(key) is not null;

    /// <summary>Where a key stands; the map's own place when it is not there.</summary>
    public SourcePosition KeyPosition(string key) => _map.Find(key)?.Key.Position ?? Position;

    /// <summary>The node under a key that must be there.</summary>
    public YamlNode? Require(string key)
    {
        var node = this[key];
        if (node is null) Context.Sink.Error(Position, $"{_what} needs '{key}'");
        return node;
    }

    /// <summary>The text under a key; null when it is missing or no text, the latter with an error.</summary>
    public string? Text(string key, bool required = false) => Scalar(key, required)?.Text;

    /// <summary>The text scalar under a key; null when it is missing or no text, the latter with an error.</summary>
    public YamlScalar? Scalar(string key, bool required = false)
    {
        var node = required ? Require(key) : this[key];
        if (node is null) return null;
        if (node is YamlScalar { IsText: true } scalar) return scalar;
        Mistyped(key, node, "text", node is YamlScalar { Value.Kind: not JqKind.Null } ? "put it in quotes" : null);
        return null;
    }

    public bool? Boolean(string key)
    {
        var node = this[key];
        if (node is null) return null;
        if (node is YamlScalar scalar && scalar.Value.AsBoolean() is { } value) return value;
        Mistyped(key, node, "true or false");
        return null;
    }

    /// <summary>A whole number from 0; null when it is missing or none, the latter with an error.</summary>
    public long? Count(string key)
    {
        var node = this[key];
        if (node is null) return null;
        if (node is YamlScalar scalar && scalar.Value.AsNumber() is >= 0 and <= int.MaxValue and var number && number == Math.Floor(number))
            return (long)number;
        var given = node is YamlScalar { Value.Kind: JqKind.Number } other ? other.Text : node.KindName;
        Context.Sink.Error(node.Position, $"'{key}' must be a whole number from 0, not {given}");
        return null;
    }

    /// <summary>One of the words; null when the key is missing or has another value, the latter with an error.</summary>
    public string? Word(string key, IReadOnlyCollection<string> words)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (words.Contains(scalar.Text)) return scalar.Text;
        Context.Sink.Error(
            scalar.Position, $"'{key}' cannot be '{scalar.Text}'", NearestWord.Hint(scalar.Text, words));
        return null;
    }

    public YamlSequence? List(string key)
    {
        var node = this[key];
        if (node is null or YamlSequence) return node as YamlSequence;
        Mistyped(key, node, "a list");
        return null;
    }

    /// <summary>The map under a key as JSON; an empty object when it is missing or no map, the latter with an error.</summary>
    public JqValue Json(string key)
    {
        var node = this[key];
        if (node is YamlMapping map) return map.ToJson();
        if (node is not null) Mistyped(key, node, "a map");
        return JqValue.EmptyObject;
    }

    private void Mistyped(string key, YamlNode node, string expected, string? hint = null) =>
        Context.Sink.Error(node.Position, $"'{key}' must be {expected}, not {node.KindName}", hint);
}
