using System.Net.Http.Headers;
using System.Text;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Http;

/// <summary>Writes a request's body: JSON by default, text as it is, a form where the content type says so.</summary>
internal static class HttpBody
{
    private const string Json = "application/json";

    /// <summary>The request with its body.</summary>
    /// <param name="request">The request; a <c>Content-Type</c> among its headers is the author's.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="byDefault">The content type where the author gives none; null to choose by the body.</param>
    public static HttpCallRequest Put(HttpCallRequest request, JqValue body, string? byDefault = null)
    {
        var given = request.Headers.FirstOrDefault(static h => h.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
        var type = given ?? byDefault ?? (body.Kind == JqKind.String ? "text/plain; charset=utf-8" : Json);
        var bare = request with { Headers = [.. request.Headers.Where(static h => !h.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))] };
        return body.IsNull
            ? bare with { ContentType = given }
            : bare with { Body = Encoding.UTF8.GetBytes(Text(body, type)), ContentType = type };
    }

    /// <summary>Whether a content type is JSON (RFC 6839 §3.1).</summary>
    public static bool IsJson(string? type) => type is not null
        && (type.Equals(Json, StringComparison.OrdinalIgnoreCase) || type.Equals("text/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static string Text(JqValue body, string contentType)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType : null;
        if (type is null) throw Failures.Validation("the header 'Content-Type' is no content type");
        if (body.AsString() is { } text) return text;
        if (type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return Form(body);
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)) throw Failures.Configuration($"a body of type {type} is not supported; send JSON or a form");
        return body.ToJson();
    }

    private static string Form(JqValue body) => body.Kind == JqKind.Object
        ? string.Join('&', body.Properties.SelectMany(static p => HttpFields.Values(p.Key, p.Value)).Select(static p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"))
        : throw Failures.Validation("the body of a form must be an object");
}
