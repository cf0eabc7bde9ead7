using Microsoft.AspNetCore.Http;

namespace AutoFlow.Functions.Triggers;

/// <summary>Reads a request's body up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>16 MiB: more than a mail's text ever needs, less than what hurts.</summary>
    public const int LongestMessage = 16 * 1024 * 1024;

    /// <summary>256 KiB: a push or a notification.</summary>
    public const int LongestPush = 256 * 1024;

    /// <summary>The body, or null when it is longer than <paramref name="limit"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken ct)
    {
        if (request.ContentLength > limit) return null;
        using var buffer = new MemoryStream();
        var chunk = new byte[81_920];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + read > limit) return null;
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
