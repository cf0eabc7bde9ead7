using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using YamlDotNet.Core;

namespace AutoFlow.Workflows.Yaml;

/// <summary>A node of a YAML document with its place in the file.</summary>
internal abstract class YamlNode(SourcePosition position)
{
    public SourcePosition Position { get; } = position;

    /// <summary>The kind in an author's words, with its article: "text", "a number", "a list", …</summary>
    public abstract string KindName { get; }

    /// <summary>How many nodes this is with every alias written out, where long text is several.</summary>
    public long Size { get; init; } = 1;

    /// <summary>The node as JSON.</summary>
    public abstract JqValue ToJson();
}

/// <summary>A scalar: its text as written and its value by the YAML 1.2 core schema.</summary>
internal sealed class YamlScalar(SourcePosition position, string text, ScalarStyle style, JqValue value) : YamlNode(position)
{
    public string Text { get; } = text;

    public ScalarStyle Style { get; } = style;

    public JqValue Value { get; } = value;

    public bool IsText => Value.Kind == JqKind.String;

    public override string KindName => Value.Kind switch
    {
        JqKind.String => "text",
        JqKind.Number => "a number",
        JqKind.Null => "nothing",
        _ => "true or false",
    };

    public override JqValue ToJson() => Value;
}

/// <summary>A list.</summary>
internal sealed class YamlSequence(SourcePosition position, IReadOnlyList<YamlNode> items) : YamlNode(position)
{
    private JqValue? _json;

    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string KindName => "a list";

    public override JqValue ToJson() => _json ??= JqValue.FromArray(Items.Select(static i => i.ToJson()));
}

/// <summary>One entry of a map.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Text;
}

/// <summary>A map in the order of the file; keys are unique.</summary>
internal sealed class YamlMapping(SourcePosition position, IReadOnlyList<YamlEntry> entries) : YamlNode(position)
{
    private JqValue? _json;

    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string KindName => "a map";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(e => e.Name == key);

    public override JqValue ToJson() =>
        _json ??= JqValue.FromObject(Entries.Select(static e => KeyValuePair.Create(e.Name, e.Value.ToJson())));
}
