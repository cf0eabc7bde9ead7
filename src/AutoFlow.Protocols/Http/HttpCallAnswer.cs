using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Http;

/// <summary>What a service answered, read to its end.</summary>
internal sealed class HttpCallAnswer
{
    private const int LongestReason = 100;

    /// <summary>The request as it was sent, credentials left out.</summary>
    public required HttpCallRequest Request { get; init; }

    /// <summary>The status code.</summary>
    public required int Status { get; init; }

    /// <summary>The status in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The headers, the content's among them; one text each.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body, decompressed.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The body's type; null when the service did not say.</summary>
    public MediaTypeHeaderValue? ContentType { get; init; }

    /// <summary>How long the service asks to wait before the next try, as it said it; null when it did not.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Scheme, host and port of the service: what messages may show.</summary>
    public string Origin => OriginOf(Request.Uri);

    /// <summary>Scheme, host and port of an address.</summary>
    public static string OriginOf(Uri uri) => $"{uri.Scheme}://{uri.Authority}";

    /// <summary>A header's value; null when it is not there.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Checks the status (OWS dsl-reference.md, "HTTP Call", <c>redirect</c>): 200 to 299, with redirects to 399.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">Another status: an error of type communication with it.</exception>
    public HttpCallAnswer Expect(bool redirect)
    {
        if (Status >= 200 && Status <= (redirect ? 399 : 299)) return this;
        var title = Reason.Length is > 0 and <= LongestReason ? Failures.Shown(Reason) : string.Create(CultureInfo.InvariantCulture, $"HTTP {Status}");
        var wait = RetryAfter is null ? "" : $"; it asks to wait ({Failures.Shown(RetryAfter)}) before the next try";
        throw Failures.Communication(Status, title, $"the service at {Origin} answered {Status} to {Request.Method}{wait}");
    }

    /// <summary>The body as text, in the charset it declares, else UTF-8.</summary>
    public string Text()
    {
        try
        {
            var encoding = ContentType?.CharSet is { Length: > 0 } charset ? Encoding.GetEncoding(charset.Trim('"')) : Encoding.UTF8;
            return encoding.GetString(Body).TrimStart('\uFEFF');
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(Body);
        }
    }

    /// <summary>The body as JSON; null when it is none.</summary>
    public JqValue? TryJson()
    {
        try
        {
            return JqValue.Parse(Text());
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
