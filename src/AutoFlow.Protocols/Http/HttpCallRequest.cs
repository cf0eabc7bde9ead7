namespace AutoFlow.Protocols.Http;

/// <summary>A request that can be sent.</summary>
/// <param name="Method">The method, upper-case.</param>
/// <param name="Uri">The absolute address.</param>
/// <param name="Headers">The headers without the content's type.</param>
internal sealed record HttpCallRequest(string Method, Uri Uri, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>The body; null without.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The body's content type; null to send none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether a header is set, whatever its case.</summary>
    public bool Has(string header) => Headers.Any(h => h.Name.Equals(header, StringComparison.OrdinalIgnoreCase));

    /// <summary>The request with a header more, unless the author has set it.</summary>
    public HttpCallRequest WithDefault(string header, string value) => Has(header) ? this : this with { Headers = [.. Headers, (header, value)] };
}
