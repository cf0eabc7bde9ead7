using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.OpenApi;

/// <summary>
/// Writes the HTTP request of an operation from its parameters. A body is given as the parameter <c>body</c> or by the name that
/// OpenAPI 2.0 gives it; without, the parameters that the operation does not declare become the properties of the body.
/// </summary>
internal sealed class OpenApiRequest
{
    private const string BodyName = "body";
    private readonly OpenApiOperation _operation;
    private readonly Dictionary<string, JqValue> _left;
    private readonly List<(OpenApiParameter Parameter, JqValue Value)> _given = [];
    private readonly List<string> _wrong = [];

    private OpenApiRequest(OpenApiOperation operation, JqValue parameters)
    {
        _operation = operation;
        _left = parameters.Properties.Where(static p => !p.Value.IsNull).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The request.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">Parameters are missing, unknown or have no form: one error that names them all.</exception>
    public static HttpCallRequest Of(OpenApiOperation operation, JqValue parameters) => new OpenApiRequest(operation, parameters).Build();

    private HttpCallRequest Build()
    {
        foreach (var parameter in _operation.Parameters.Where(static p => p.Place != ParameterPlace.Body))
        {
            if (_left.TryGetValue(parameter.Name, out var value)) _given.Add((parameter, value));
            else if (parameter.Required) _wrong.Add($"the parameter '{parameter.Name}' is missing");
        }

        foreach (var (parameter, _) in _given) _left.Remove(parameter.Name);
        var body = Body();
        if (_wrong.Count > 0) throw Failures.Validation(string.Join("; ", _wrong));
        var request = new HttpCallRequest(_operation.Method, Address(), Headers());
        if (_operation.Accept is { } accept) request = request.WithDefault("Accept", accept);
        return Fields() is { } form ? HttpBody.Put(request, form, "application/x-www-form-urlencoded") : HttpBody.Put(request, body, BodyType(body));
    }

    private JqValue Body()
    {
        var name = _operation.Parameters.FirstOrDefault(static p => p.Place == ParameterPlace.Body)?.Name ?? BodyName;
        var takesBody = _operation.BodyTypes is not null && !_operation.Parameters.Any(static p => p.Place == ParameterPlace.Form);
        if (takesBody && (_left.Remove(name, out var body) || _left.Remove(BodyName, out body)))
        {
            Unknown();
            return body;
        }

        if (!takesBody) Unknown();
        else if (_left.Count > 0) return JqValue.FromObject(_left);
        else if (_operation.BodyRequired) _wrong.Add($"the body is missing; give it as the parameter '{name}'");
        return JqValue.Null;
    }

    private void Unknown()
    {
        var known = _operation.Parameters.Select(static p => p.Name).ToList();
        foreach (var name in _left.Keys)
        {
            var hint = NearestWord.Hint(name, known) is { } near ? $"; {near}" : "";
            _wrong.Add($"the operation has no parameter '{Failures.Shown(name)}'{hint}");
        }
    }

    private Uri Address()
    {
        var path = _operation.Path;
        foreach (var (parameter, value) in _given.Where(static g => g.Parameter.Place == ParameterPlace.Path))
        {
            var text = parameter.Text(value, Uri.EscapeDataString);
            if (text is "" or "." or "..") throw Failures.Validation($"the parameter '{parameter.Name}' is '{text}', which cannot stand in a path");
            path = path.Replace($"{{{parameter.Name}}}", text, StringComparison.Ordinal);
        }

        var pairs = _given.Where(static g => g.Parameter.Place == ParameterPlace.Query).SelectMany(static g => g.Parameter.Pairs(g.Value));
        var query = string.Join('&', pairs.Select(static p => $"{Uri.EscapeDataString(p.Name)}={p.EncodedValue}"));
        return new Uri($"{_operation.Server.AbsoluteUri.TrimEnd('/')}{path}{(query.Length > 0 ? "?" : "")}{query}");
    }

    private List<(string Name, string Value)> Headers()
    {
        List<(string Name, string Value)> headers = [.. _given.Where(static g => g.Parameter.Place == ParameterPlace.Header)
            .Select(static g => (g.Parameter.Name, g.Parameter.Text(g.Value, static t => t)))];
        var cookies = _given.Where(static g => g.Parameter.Place == ParameterPlace.Cookie).SelectMany(static g => g.Parameter.Pairs(g.Value)).ToList();
        if (cookies.Count > 0) headers.Add(("Cookie", string.Join("; ", cookies.Select(static c => $"{Uri.EscapeDataString(c.Name)}={c.EncodedValue}"))));
        foreach (var (name, value) in headers) HttpFields.Check(name, value);
        return headers;
    }

    private JqValue? Fields()
    {
        var fields = _given.Where(static g => g.Parameter.Place == ParameterPlace.Form).ToList();
        if (fields.Count == 0) return null;
        if (_operation.BodyTypes is { Count: > 0 } types && !types.Any(static t => t.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)))
            throw Failures.Configuration($"the operation takes a form as {string.Join(", ", types)}, which is not supported");
        return JqValue.FromObject(fields.Select(static f => KeyValuePair.Create(
            f.Parameter.Name,
            f.Value.Kind == JqKind.Array && !f.Parameter.Explode ? JqValue.From(f.Parameter.Text(f.Value, static t => t)) : f.Value)));
    }

    /// <summary>JSON where the operation takes it, else a form, else text; else the first type.</summary>
    private string? BodyType(JqValue body)
    {
        if (body.IsNull) return null;
        var types = _operation.BodyTypes ?? [];
        return types.FirstOrDefault(static t => HttpBody.IsJson(t.Split(';')[0].Trim()))
            ?? types.FirstOrDefault(static t => t.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            ?? types.FirstOrDefault(static t => !t.Contains('*', StringComparison.Ordinal))
            ?? "application/json";
    }
}
