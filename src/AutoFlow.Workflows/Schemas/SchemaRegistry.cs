using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Schemas;

/// <summary>The schemas that references may name: those inside the first document, and the documents that are asked for by URI.</summary>
internal sealed class SchemaRegistry(SchemaOptions options, Action<SchemaProblem> report)
{
    /// <summary>What a schema without a URI stands under.</summary>
    private const string NoUri = "json-schema://local/";

    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<(SchemaDocument, string), SchemaResource> _byPlace = [];

    /// <summary>Adds the first document and gives its root.</summary>
    public SchemaPlace AddFirst(JqValue schema) => AddDocument(new SchemaDocument(schema, ""), options.BaseUri?.AbsoluteUri ?? NoUri);

    /// <summary>The place that a reference names; null (and the reason) when there is none.</summary>
    public (SchemaPlace? Place, string? Reason) Resolve(SchemaPlace from, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var (address, fragment) = hash < 0 ? (reference, "") : (reference[..hash], reference[(hash + 1)..]);
        if (SchemaUri.Resolve(from.Resource.Uri, address) is not { } uri) return (null, $"'{reference}' is no URI reference");
        if (Find(uri) is not { } resource) return (null, $"there is no schema '{address}' in this document, and it cannot be read from outside");
        fragment = Uri.UnescapeDataString(fragment);
        if (fragment.Length == 0) return (resource.Root, null);
        if (fragment[0] == '/')
            return Walk(resource, fragment) is { } place ? (place, null) : (null, $"'{reference}' leads nowhere");
        return resource.Anchors.TryGetValue(fragment, out var anchored)
            ? (anchored, null)
            : (null, $"no schema has the anchor '{fragment}'");
    }

    /// <summary>The place of a subschema, with the resource that its own <c>$id</c> makes.</summary>
    public SchemaPlace Step(SchemaPlace from, JqValue json, string pointer)
    {
        var resource = _byPlace.GetValueOrDefault((from.Document, pointer)) ?? from.Resource;
        return new SchemaPlace(resource, from.Document, pointer, json);
    }

    private SchemaResource? Find(string uri)
    {
        if (_resources.TryGetValue(uri, out var known)) return known;
        if (options.Documents is not { } read || !Uri.TryCreate(uri, UriKind.Absolute, out var address) || read(address) is not { } json) return null;
        AddDocument(new SchemaDocument(json, uri + "#"), uri);
        return _resources.GetValueOrDefault(uri);
    }

    private SchemaPlace AddDocument(SchemaDocument document, string uri)
    {
        var draft = document.Root["$schema"].AsString() is { } named ? SchemaDrafts.Find(named) ?? options.Draft : options.Draft;
        var resource = AddResource(new SchemaResource(uri, draft, document, "", document.Root));
        var scan = new Stack<SchemaPlace>();
        scan.Push(resource.Root);
        while (scan.TryPop(out var place))
        {
            var here = Register(place);
            foreach (var (json, pointer) in Subschemas.Of(here.Json, here.Pointer, here.Resource.Draft)) scan.Push(new SchemaPlace(here.Resource, document, pointer, json));
        }

        return Step(resource.Root, document.Root, "");
    }

    /// <summary>Notes the URI and the anchors of one schema.</summary>
    private SchemaPlace Register(SchemaPlace place)
    {
        var json = place.Json;
        if (json.Kind != JqKind.Object) return place;
        var draft = json["$schema"].AsString() is { } named && SchemaDrafts.Find(named) is { } other ? other : place.Resource.Draft;
        var alone = draft.RefStandsAlone() && json.TryGetProperty("$ref", out _);
        if (!alone && json[draft.IdKeyword()].AsString() is { } id) place = Identify(place, id, draft);
        if (draft < SchemaDraft.Draft201909) return place;
        if (json["$anchor"].AsString() is { } anchor) Anchor(place, anchor);
        if (json["$dynamicAnchor"].AsString() is { } dynamicAnchor && draft == SchemaDraft.Draft202012)
        {
            Anchor(place, dynamicAnchor);
            place.Resource.DynamicAnchors[dynamicAnchor] = place;
        }

        if (json["$recursiveAnchor"].AsBoolean() == true && draft == SchemaDraft.Draft201909) place.Resource.DynamicAnchors[""] = place;
        return place;
    }

    private SchemaPlace Identify(SchemaPlace place, string id, SchemaDraft draft)
    {
        var hash = id.IndexOf('#', StringComparison.Ordinal);
        if (hash == 0 || (hash > 0 && hash < id.Length - 1))
        {
            // Up to draft 7 a fragment in the id is an anchor.
            if (hash == 0 && id.Length > 1 && draft.RefStandsAlone()) Anchor(place, id[1..]);
            else if (id.Length > hash + 1) Wrong("must not have a fragment", "name the place with $anchor");
            return place;
        }

        if (SchemaUri.Resolve(place.Resource.Uri, id.TrimEnd('#')) is not { } uri)
        {
            Wrong($"'{id}' is no URI reference", null);
            return place;
        }

        var resource = AddResource(new SchemaResource(uri, draft, place.Document, place.Pointer, place.Json));
        return resource.Root;

        void Wrong(string message, string? hint) =>
            report(new SchemaProblem($"{place.FullPointer}/{draft.IdKeyword()}", $"'{draft.IdKeyword()}' {message}", hint));
    }

    private SchemaResource AddResource(SchemaResource resource)
    {
        if (_resources.TryGetValue(resource.Uri, out var known) && known.Document == resource.Document && known.Root.Pointer != resource.Root.Pointer)
            report(new SchemaProblem(resource.Root.FullPointer, $"two schemas have the id '{resource.Uri}'"));
        _resources[resource.Uri] = resource;
        return _byPlace[(resource.Document, resource.Root.Pointer)] = resource;
    }

    private void Anchor(SchemaPlace place, string name)
    {
        if (!place.Resource.Anchors.TryAdd(name, place) && place.Resource.Anchors[name].Pointer != place.Pointer)
            report(new SchemaProblem(place.FullPointer, $"two schemas have the anchor '{name}'"));
    }

    private SchemaPlace? Walk(SchemaResource resource, string pointer)
    {
        var place = resource.Root;
        foreach (var segment in pointer.Split('/').Skip(1))
        {
            var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            JqValue next;
            if (place.Json.Kind == JqKind.Array)
            {
                if (!int.TryParse(name, out var index) || index < 0 || index >= place.Json.Count) return null;
                next = place.Json[index];
            }
            else if (!place.Json.TryGetProperty(name, out next))
            {
                return null;
            }

            place = Step(place, next, JsonPointer.Append(place.Pointer, name));
        }

        return place;
    }
}
