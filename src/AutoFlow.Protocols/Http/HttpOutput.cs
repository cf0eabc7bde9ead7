using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Http;

/// <summary>Gives an answer the form that the call asks for (OWS dsl-reference.md, "HTTP Call", <c>output</c>; "HTTP Response").</summary>
internal static class HttpOutput
{
    /// <summary>The output.</summary>
    /// <param name="form"><c>raw</c>, <c>content</c> or <c>response</c>; null means content.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">The content is not what its type says.</exception>
    public static JqValue Of(HttpCallAnswer answer, string? form) => form switch
    {
        "raw" => Base64(answer.Body),
        "response" => Response(answer),
        _ => Content(answer),
    };

    /// <summary>The content: JSON and text by their types, everything else as base64; null when there is none.</summary>
    public static JqValue Content(HttpCallAnswer answer)
    {
        if (answer.Body.Length == 0) return JqValue.Null;
        var type = answer.ContentType?.MediaType;
        if (HttpBody.IsJson(type))
            return answer.TryJson() ?? throw Failures.BadAnswer($"the service at {answer.Origin} answered {answer.Status} with JSON that cannot be read");
        // Without a type nothing is promised: JSON is taken, anything else stays bytes.
        if (type is null) return answer.TryJson() ?? Base64(answer.Body);
        return IsText(type) ? JqValue.From(answer.Text()) : Base64(answer.Body);
    }

    private static JqValue Response(HttpCallAnswer answer) => JqValue.FromObject(
        ("request", JqValue.FromObject(
            ("method", JqValue.From(answer.Request.Method)),
            ("uri", JqValue.From(answer.Request.Uri.AbsoluteUri)),
            ("headers", Texts(answer.Request.Headers.Select(static h => KeyValuePair.Create(h.Name, h.Value)))))),
        ("statusCode", JqValue.From(answer.Status)),
        ("headers", Texts(answer.Headers)),
        ("content", Content(answer)));

    private static JqValue Texts(IEnumerable<KeyValuePair<string, string>> headers) =>
        JqValue.FromObject(headers.Select(static h => KeyValuePair.Create(h.Key, JqValue.From(h.Value))));

    private static JqValue Base64(byte[] body) => body.Length == 0 ? JqValue.Null : JqValue.From(Convert.ToBase64String(body));

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("/xml", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("yaml", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/javascript", StringComparison.OrdinalIgnoreCase);
}
