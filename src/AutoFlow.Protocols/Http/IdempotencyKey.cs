namespace AutoFlow.Protocols.Http;

/// <summary>
/// The header that lets a service see a second try as one (draft-ietf-httpapi-idempotency-key-header): on requests that change
/// something, unless the author has set it.
/// </summary>
internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private static readonly string[] Changing = ["POST", "PUT", "PATCH", "DELETE"];

    /// <summary>The request with the key where it belongs.</summary>
    /// <param name="key">The call's key, unique over all instances.</param>
    public static HttpCallRequest Put(HttpCallRequest request, string key) =>
        Changing.Contains(request.Method) ? request.WithDefault(Header, StableId.Of(key)) : request;
}
