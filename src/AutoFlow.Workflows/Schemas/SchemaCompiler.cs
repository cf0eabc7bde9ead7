using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Schemas.Keywords;

namespace AutoFlow.Workflows.Schemas;

/// <summary>Turns schemas into nodes, one after the other from a queue, so that no nesting of a schema drives the stack.</summary>
internal sealed class SchemaCompiler
{
    private readonly SchemaRegistry _registry;
    private readonly List<SchemaProblem> _problems = [];
    private readonly Dictionary<(SchemaDocument Document, string Pointer), SchemaNode> _nodes = [];
    private readonly Queue<(SchemaNode Node, SchemaPlace Place)> _open = new();
    private bool _marks;

    public SchemaCompiler(SchemaOptions options) => (Options, _registry) = (options, new SchemaRegistry(options, Report));

    public SchemaOptions Options { get; }

    public SchemaCompilation Compile(JqValue schema)
    {
        var root = Node(_registry.AddFirst(schema));
        while (_open.TryDequeue(out var next)) Fill(next.Node, next.Place);
        foreach (var node in EndlessReferences.In(_nodes.Values))
            Report(new SchemaProblem(node.Pointer, "this schema applies itself to the same value without end"));
        return new SchemaCompilation(
            _problems.Exists(static p => !p.IsWarning) ? null : new JsonSchema(root, Options, _marks), _problems);
    }

    public void Report(SchemaProblem problem)
    {
        if (!_problems.Contains(problem)) _problems.Add(problem);
    }

    /// <summary>The node of a place; filled later when it is new.</summary>
    public SchemaNode Node(SchemaPlace place)
    {
        if (_nodes.TryGetValue((place.Document, place.Pointer), out var known)) return known;
        var node = new SchemaNode(place.FullPointer, place.Resource);
        _nodes[(place.Document, place.Pointer)] = node;
        _open.Enqueue((node, place));
        return node;
    }

    /// <summary>The node of a schema inside another.</summary>
    public SchemaNode Node(SchemaPlace from, JqValue json, string pointer) => Node(_registry.Step(from, json, pointer));

    /// <summary>The place that a reference names; null (and a problem) when there is none.</summary>
    public SchemaPlace? Resolve(SchemaPlace from, string reference, string pointer)
    {
        var (place, reason) = _registry.Resolve(from, reference);
        if (reason is not null) Report(new SchemaProblem(pointer, reason));
        return place;
    }

    private void Fill(SchemaNode node, SchemaPlace place)
    {
        foreach (var (name, target) in place.Resource.DynamicAnchors) place.Resource.DynamicNodes.TryAdd(name, Node(target));
        if (place.Json.AsBoolean() is { } all)
        {
            node.IsFalse = !all;
            return;
        }

        if (place.Json.Kind != JqKind.Object)
        {
            Report(new SchemaProblem(place.FullPointer, $"a schema must be a map, or true or false, not {Words.A(place.Json)}"));
            return;
        }

        var keywords = new List<SchemaKeyword>();
        var alone = place.Resource.Draft.RefStandsAlone() && place.Json.TryGetProperty("$ref", out _);
        foreach (var (name, value) in place.Json.Properties)
        {
            var rule = Vocabulary.Find(name, place.Resource.Draft);
            var pointer = JsonPointer.Append(place.FullPointer, name);
            if (rule is null) Unknown(name, place.Resource.Draft, pointer);
            if (rule?.Read is not { } read || (alone && name is not ("$ref" or "definitions"))) continue;
            if (read(new KeywordReader(this, place, name, value)) is { } keyword) keywords.Add(keyword);
        }

        _marks |= keywords.Exists(static k => k.LooksAtTheRest);
        node.Keywords = [.. keywords.OrderBy(static k => k.LooksAtTheRest)];
    }

    private void Unknown(string name, SchemaDraft draft, string pointer)
    {
        if (name.StartsWith("x-", StringComparison.Ordinal)) return;
        var hint = Vocabulary.Instead(name, draft) ?? NearestWord.Suggestion(name, Vocabulary.Names(draft));
        Report(new SchemaProblem(pointer, $"'{name}' is no keyword of JSON Schema and does nothing", hint, IsWarning: true));
    }
}
