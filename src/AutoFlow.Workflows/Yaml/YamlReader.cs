using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AutoFlow.Workflows.Yaml;

/// <summary>Reads one YAML document into nodes with positions, without recursion and within bounds.</summary>
internal sealed class YamlReader
{
    /// <summary>The longest file read, in UTF-16 characters.</summary>
    public const int LongestText = 1_000_000;

    /// <summary>How deep lists and maps may nest.</summary>
    public const int DeepestNesting = 64;

    /// <summary>How many nodes a document may have with every alias written out; long text counts as several.</summary>
    public const long MostNodes = 100_000;

    /// <summary>Text of so many characters counts as one more node, so that aliases of long text are bounded too.</summary>
    private const int TextOfOneNode = 64;

    private readonly DiagnosticSink _sink;
    private readonly Stack<Frame> _open = new();
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private YamlNode? _root;
    private int _documents;

    private YamlReader(DiagnosticSink sink) => _sink = sink;

    /// <summary>The document's root; null when the text is not readable, and then at least one error is in the sink.</summary>
    public static YamlNode? Read(SourceText source, DiagnosticSink sink)
    {
        if (source.Text.Length > LongestText)
        {
            sink.Error(SourcePosition.Start, $"the file is longer than {LongestText} characters");
            return null;
        }

        var reader = new YamlReader(sink);
        var parser = new YamlDotNet.Core.Parser(new StringReader(source.Text));
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is { } current && !reader.Accept(current)) return null;
            }
        }
        catch (YamlException e)
        {
            sink.Error(At(e.Start), $"not readable as YAML: {FirstSentence(e)}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner loses its place over some broken scalars and says no more than this.
            sink.Error(parser.Current is { } last ? At(last.End) : SourcePosition.Start, "not readable as YAML from here on");
            return null;
        }

        if (reader._root is null) sink.Error(SourcePosition.Start, "the file is empty");
        return reader._root;
    }

    private static string FirstSentence(YamlException e)
    {
        var text = (e.InnerException ?? e).Message;
        var end = text.IndexOf(": ", StringComparison.Ordinal);
        return (text.StartsWith('(') && end > 0 ? text[(end + 2)..] : text).TrimEnd('.');
    }

    private static SourcePosition At(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private bool Accept(ParsingEvent current)
    {
        switch (current)
        {
            case DocumentStart when ++_documents > 1:
                _sink.Error(At(current.Start), "a file holds one workflow; this is a second document");
                return false;
            case MappingStart mapping:
                return Open(mapping, isMapping: true);
            case SequenceStart sequence:
                return Open(sequence, isMapping: false);
            case MappingEnd or SequenceEnd:
                var frame = _open.Pop();
                return Add(frame.Close(), frame.Anchor);
            case Scalar scalar:
                return Read(scalar) is { } node && Add(node, Name(scalar.Anchor));
            case AnchorAlias alias:
                return Resolve(alias) is { } target && Add(target, null);
            default:
                return true;
        }
    }

    private static string? Name(AnchorName anchor) => anchor.IsEmpty ? null : anchor.Value;

    private bool Open(NodeEvent start, bool isMapping)
    {
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && start.Tag.Value is not ("tag:yaml.org,2002:map" or "tag:yaml.org,2002:seq"))
        {
            _sink.Error(At(start.Start), $"the tag '{start.Tag.Value}' means nothing in a workflow");
            return false;
        }

        if (_open.Count >= DeepestNesting)
        {
            _sink.Error(At(start.Start), $"nested deeper than {DeepestNesting} levels");
            return false;
        }

        _open.Push(new Frame(isMapping, At(start.Start), Name(start.Anchor)));
        return true;
    }

    private YamlScalar? Read(Scalar scalar)
    {
        var position = At(scalar.Start);
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? null : scalar.Tag.Value;
        if (tag is not (null or "tag:yaml.org,2002:str" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float"
            or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null"))
        {
            _sink.Error(position, $"the tag '{tag}' means nothing in a workflow");
            return null;
        }

        var plain = scalar.Style == ScalarStyle.Plain && tag != "tag:yaml.org,2002:str" && !scalar.Tag.IsNonSpecific;
        var value = plain || tag is not (null or "tag:yaml.org,2002:str") ? CoreSchema.Resolve(scalar.Value) : JqValue.From(scalar.Value);
        return new YamlScalar(position, scalar.Value, scalar.Style, value) { Size = 1 + (scalar.Value.Length / TextOfOneNode) };
    }

    private YamlNode? Resolve(AnchorAlias alias)
    {
        if (_anchors.TryGetValue(alias.Value.Value, out var node)) return node;
        var inside = _open.Any(f => f.Anchor == alias.Value.Value);
        _sink.Error(At(alias.Start), inside
            ? $"the alias '*{alias.Value.Value}' is inside its own anchor"
            : $"no anchor '&{alias.Value.Value}' stands before this alias");
        return null;
    }

    private bool Add(YamlNode node, string? anchor)
    {
        if (node.Size > MostNodes || _open.Sum(static f => f.Size) + node.Size > MostNodes)
        {
            _sink.Error(node.Position, $"with its aliases written out the file has more than {MostNodes} nodes");
            return false;
        }

        if (anchor is not null) _anchors[anchor] = node;
        if (_open.Count == 0)
        {
            _root = node;
            return true;
        }

        return _open.Peek().Add(node, _sink);
    }

    private sealed class Frame(bool isMapping, SourcePosition position, string? anchor)
    {
        private readonly List<YamlNode> _items = [];
        private readonly List<YamlEntry> _entries = [];
        private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
        private YamlScalar? _key;
        private bool _duplicate;

        public string? Anchor { get; } = anchor;

        public long Size { get; private set; } = 1;

        public bool Add(YamlNode node, DiagnosticSink sink)
        {
            Size += node.Size;
            if (!isMapping)
            {
                _items.Add(node);
            }
            else if (_key is { } key)
            {
                if (!_duplicate) _entries.Add(new YamlEntry(key, node));
                _key = null;
            }
            else if (node is YamlScalar scalar)
            {
                _key = scalar;
                _duplicate = !_keys.Add(scalar.Text);
                if (_duplicate) sink.Error(scalar.Position, $"'{scalar.Text}' stands here twice", "remove one of the two");
            }
            else
            {
                sink.Error(node.Position, $"a key must be text, not {node.KindName}");
                return false;
            }

            return true;
        }

        public YamlNode Close() => isMapping
            ? new YamlMapping(position, _entries) { Size = Size }
            : new YamlSequence(position, _items) { Size = Size };
    }
}
