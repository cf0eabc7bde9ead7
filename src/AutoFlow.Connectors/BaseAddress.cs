namespace AutoFlow.Connectors;

/// <summary>The address that a typed client's relative paths are added to.</summary>
internal static class BaseAddress
{
    /// <summary>Whether it is an absolute http or https URL.</summary>
    public static bool IsValid(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>The URL with exactly one slash at its end, without which .NET drops the last segment.</summary>
    public static Uri Of(string url) => new(url.TrimEnd('/') + "/");

    /// <summary>Whether a key can go into a header.</summary>
    public static bool IsHeader(string? key) => !string.IsNullOrWhiteSpace(key) && key.All(c => char.IsAscii(c) && !char.IsControl(c));
}
