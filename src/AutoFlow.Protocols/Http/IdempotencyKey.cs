using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Protocols.Http;

/// <summary>
/// The header that lets a service see a second try as one (draft-ietf-httpapi-idempotency-key-header): on requests that change
/// something, unless the author has set it.
/// </summary>
internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;
    private static readonly string[] Changing = ["POST", "PUT", "PATCH", "DELETE"];

    /// <summary>The request with the key where it belongs.</summary>
    public static HttpCallRequest Put(HttpCallRequest request, string key) =>
        Changing.Contains(request.Method) ? request.WithDefault(Header, Text(key)) : request;

    /// <summary>The key as a header's text: as it is where that is possible, else its digest.</summary>
    private static string Text(string key) => key.Length is > 0 and <= Longest && key.All(static c => c is > ' ' and <= '~')
        ? key
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
