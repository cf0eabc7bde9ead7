using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.OpenApi;

/// <summary>Where a parameter goes.</summary>
internal enum ParameterPlace
{
    Path,
    Query,
    Header,
    Cookie,

    /// <summary>A field of a form (OpenAPI 2.0).</summary>
    Form,

    /// <summary>The whole body (OpenAPI 2.0).</summary>
    Body,
}

/// <summary>A parameter of an operation and how its value is written (OpenAPI 3.1.0 §4.8.12, "Style Values"; 2.0, <c>collectionFormat</c>).</summary>
internal sealed record OpenApiParameter(string Name, ParameterPlace Place, bool Required)
{
    /// <summary>Whether lists and objects become several pairs.</summary>
    public bool Explode { get; init; }

    /// <summary>What stands between the items of a list that is one text.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether an object is written as <c>name[key]=value</c>.</summary>
    public bool IsDeep { get; init; }

    /// <summary>Whether the value is written as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The delimiter in a query: a comma as it is, everything else encoded.</summary>
    private string Joint => Delimiter == ',' ? "," : Uri.EscapeDataString(Delimiter.ToString());

    /// <summary>Reads a parameter of OpenAPI 3.</summary>
    public static OpenApiParameter Read3(JqValue parameter)
    {
        var place = Place3(parameter["in"].AsString());
        var style = parameter["style"].AsString() ?? (place is ParameterPlace.Query or ParameterPlace.Cookie ? "form" : "simple");
        var name = parameter["name"].AsString() ?? "";
        if (style is not ("form" or "simple" or "spaceDelimited" or "pipeDelimited" or "deepObject"))
            throw Failures.Configuration($"the parameter '{Failures.Shown(name)}' has the style '{Failures.Shown(style)}', which is not supported");
        return new OpenApiParameter(name, place, place == ParameterPlace.Path || parameter["required"].IsTruthy)
        {
            Explode = parameter["explode"].AsBoolean() ?? style == "form",
            Delimiter = style switch { "spaceDelimited" => ' ', "pipeDelimited" => '|', _ => ',' },
            IsDeep = style == "deepObject",
            IsJson = parameter["content"].Properties.Any(static c => HttpBody.IsJson(c.Key)),
        };
    }

    /// <summary>Reads a parameter of OpenAPI 2.0.</summary>
    public static OpenApiParameter Read2(JqValue parameter)
    {
        var place = parameter["in"].AsString() switch
        {
            "body" => ParameterPlace.Body,
            "formData" => ParameterPlace.Form,
            var other => Place3(other),
        };
        var name = parameter["name"].AsString() ?? "";
        return new OpenApiParameter(name, place, place == ParameterPlace.Path || parameter["required"].IsTruthy)
        {
            Explode = parameter["collectionFormat"].AsString() == "multi",
            Delimiter = parameter["collectionFormat"].AsString() switch { "ssv" => ' ', "tsv" => '\t', "pipes" => '|', _ => ',' },
        };
    }

    /// <summary>The pairs of a query, a form or a cookie; not yet encoded, but a list's items that are joined are.</summary>
    public IEnumerable<(string Name, string EncodedValue)> Pairs(JqValue value)
    {
        if (IsJson) return [(Name, Uri.EscapeDataString(value.ToJson()))];
        return value.Kind switch
        {
            JqKind.Array when Explode => value.Items.Select(item => (Name, Encoded(item))),
            JqKind.Array => [(Name, string.Join(Joint, value.Items.Select(Encoded)))],
            JqKind.Object when IsDeep => value.Properties.Select(p => ($"{Name}[{p.Key}]", Encoded(p.Value))),
            JqKind.Object when Explode => value.Properties.Select(p => (p.Key, Encoded(p.Value))),
            JqKind.Object => [(Name, string.Join(',', value.Properties.Select(p => $"{Uri.EscapeDataString(p.Key)},{Encoded(p.Value)}")))],
            _ => [(Name, Encoded(value))],
        };
    }

    /// <summary>The text in a path or a header.</summary>
    /// <param name="encode">How each value is written.</param>
    public string Text(JqValue value, Func<string, string> encode)
    {
        ArgumentNullException.ThrowIfNull(encode);
        if (IsJson) return encode(value.ToJson());
        return value.Kind switch
        {
            JqKind.Array => string.Join(Delimiter, value.Items.Select(item => encode(Scalar(item)))),
            JqKind.Object => string.Join(',', value.Properties.Select(p => $"{encode(p.Key)}{(Explode ? '=' : ',')}{encode(Scalar(p.Value))}")),
            _ => encode(Scalar(value)),
        };
    }

    private static ParameterPlace Place3(string? place) => place switch
    {
        "path" => ParameterPlace.Path,
        "query" => ParameterPlace.Query,
        "header" => ParameterPlace.Header,
        "cookie" => ParameterPlace.Cookie,
        _ => throw Failures.Configuration($"the OpenAPI document has a parameter in '{Failures.Shown(place ?? "")}', which is no place"),
    };

    private string Encoded(JqValue value) => Uri.EscapeDataString(Scalar(value));

    private string Scalar(JqValue value) => HttpFields.Scalar(value)
        ?? throw Failures.Validation($"the parameter '{Failures.Shown(Name)}' holds {value.TypeName} where a text, a number or a boolean must stand");
}
