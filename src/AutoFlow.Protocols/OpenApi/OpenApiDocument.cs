using AutoFlow.Protocols.Documents;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.OpenApi;

/// <summary>One operation of an OpenAPI document.</summary>
/// <param name="Method">The method, upper-case.</param>
/// <param name="Server">The absolute address that the path is below.</param>
/// <param name="Path">The path with its templates.</param>
/// <param name="Parameters">The parameters, those of the path among them.</param>
internal sealed record OpenApiOperation(string Method, Uri Server, string Path, IReadOnlyList<OpenApiParameter> Parameters)
{
    /// <summary>The content types of a body; null when the operation takes none.</summary>
    public IReadOnlyList<string>? BodyTypes { get; init; }

    /// <summary>Whether a body must be given.</summary>
    public bool BodyRequired { get; init; }

    /// <summary>The JSON type that answers can have; null when they have none.</summary>
    public string? Accept { get; init; }
}

/// <summary>Finds an operation in a document of OpenAPI 2.0, 3.0 or 3.1.</summary>
internal sealed class OpenApiDocument
{
    private const string What = "the OpenAPI document";
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    private readonly ServiceDocument _document;
    private readonly JqValue _root;
    private readonly bool _is2;

    private OpenApiDocument(ServiceDocument document, bool is2) => (_document, _root, _is2) = (document, document.Content, is2);

    /// <summary>Looks at the version of a document.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">It is none that is known.</exception>
    public static OpenApiDocument Of(ServiceDocument document)
    {
        if (HttpFields.Scalar(document.Content["swagger"]) is "2.0" or "2") return new OpenApiDocument(document, is2: true);
        return HttpFields.Scalar(document.Content["openapi"]) is { } version && (version == "3" || version.StartsWith("3.", StringComparison.Ordinal))
            ? new OpenApiDocument(document, is2: false)
            : throw Failures.Configuration($"{What} is of no version that is known; 2.0, 3.0 and 3.1 are");
    }

    /// <summary>The operation of an id.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">There is none; the message names the nearest.</exception>
    public OpenApiOperation Find(string operationId)
    {
        var ids = new List<string>();
        foreach (var (path, entry) in _root["paths"].Properties)
        {
            var item = Follow(entry);
            foreach (var method in Methods)
            {
                var operation = item[method];
                if (operation["operationId"].AsString() is not { } id) continue;
                if (id == operationId) return Read(path, method, item, operation);
                ids.Add(id);
            }
        }

        var hint = NearestWord.Hint(operationId, ids) is { } near ? $"; {near}" : "";
        throw Failures.Configuration($"{What} has no operation '{Failures.Shown(operationId)}'{hint}");
    }

    private OpenApiOperation Read(string path, string method, JqValue item, JqValue operation)
    {
        var declared = operation["parameters"].Items.Concat(item["parameters"].Items)
            .Select(p => _is2 ? OpenApiParameter.Read2(Follow(p)) : OpenApiParameter.Read3(Follow(p)))
            .Concat(Keys())
            .DistinctBy(static p => (p.Name, p.Place)).ToList();
        var body = Follow(operation["requestBody"]);
        var consumes = operation["consumes"].IsNull ? _root["consumes"] : operation["consumes"];
        IReadOnlyList<string>? types = _is2
            ? declared.Exists(static p => p.Place is ParameterPlace.Body or ParameterPlace.Form) ? Texts(consumes) : null
            : body.IsNull ? null : [.. body["content"].Properties.Select(static c => c.Key)];
        return new OpenApiOperation(method.ToUpperInvariant(), Server(item, operation), path, declared)
        {
            BodyTypes = types,
            BodyRequired = body["required"].IsTruthy || declared.Exists(static p => p.Place == ParameterPlace.Body && p.Required),
            Accept = Answers(operation).FirstOrDefault(HttpBody.IsJson),
        };
    }

    /// <summary>API keys of security schemes can be given as parameters; the language has no authentication of that kind.</summary>
    private IEnumerable<OpenApiParameter> Keys() => (_is2 ? _root["securityDefinitions"] : _root["components"]["securitySchemes"]).Properties
        .Select(p => Follow(p.Value))
        .Where(static s => s["type"].AsString() == "apiKey")
        .Select(s => (_is2 ? OpenApiParameter.Read2(s) : OpenApiParameter.Read3(s)) with { Required = false });

    private IEnumerable<string> Answers(JqValue operation) => _is2
        ? Texts(operation["produces"].IsNull ? _root["produces"] : operation["produces"])
        : operation["responses"].Properties.SelectMany(p => Follow(p.Value)["content"].Properties).Select(static c => c.Key);

    private Uri Server(JqValue item, JqValue operation) => _is2 ? Server2() : Server3(item, operation);

    /// <summary>Host and base path; what the document leaves out is its own (OpenAPI 2.0, "Swagger Object").</summary>
    private Uri Server2()
    {
        var own = _document.Uri;
        var schemes = Texts(_root["schemes"]);
        var scheme = schemes.Count == 0 || schemes.Contains(own.Scheme) ? own.Scheme : schemes.Contains("https") ? "https" : schemes[0];
        return Absolute($"{scheme}://{_root["host"].AsString() ?? own.Authority}{_root["basePath"].AsString()}");
    }

    /// <summary>The first server of the operation, else of the path, else of the document (OpenAPI 3.1.0 §4.8.5).</summary>
    private Uri Server3(JqValue item, JqValue operation)
    {
        var server = new[] { operation["servers"], item["servers"], _root["servers"] }.FirstOrDefault(static s => s.Count > 0)?[0];
        var text = server?["url"].AsString() ?? "/";
        foreach (var (name, variable) in server?["variables"].Properties ?? [])
            text = text.Replace($"{{{name}}}", HttpFields.Scalar(variable["default"]) ?? "", StringComparison.Ordinal);
        return Absolute(text);
    }

    private Uri Absolute(string text) => Uri.TryCreate(_document.Uri, text, out var uri)
        ? uri
        : throw Failures.Configuration($"{What} names a server that is no address");

    private JqValue Follow(JqValue node) => DocumentText.Follow(_root, node, What);

    private static IReadOnlyList<string> Texts(JqValue list) => [.. list.Items.Select(static i => i.AsString()).OfType<string>()];
}
