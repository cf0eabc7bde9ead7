using System.Text.RegularExpressions;

namespace AutoFlow.Workflows.Parsing;

/// <summary>
/// Resolves the names of external resources: <c>http</c> and <c>https</c> URIs, and files by their path from the file that names
/// them, below the definition's folder (<c>schemas/order.json</c>, <c>file:schemas/order.json</c>).
/// </summary>
internal static partial class ResourceUri
{
    /// <summary>The definition's own place: its folder is the root of all files.</summary>
    public static readonly Uri Definition = new("file:///");

    /// <summary>The absolute URI, without a fragment, or what is wrong with the name.</summary>
    /// <param name="from">The resource that the name stands in.</param>
    public static (Uri? Uri, string? Problem) Resolve(string name, Uri from)
    {
        if (Web().IsMatch(name)) return OnTheWeb(name, static text => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null);
        var scheme = Scheme().Match(name);
        var isFile = scheme.Success && scheme.Value.Equals("file:", StringComparison.OrdinalIgnoreCase);
        if (scheme.Success && !isFile) return (null, $"'{name}' is no http, https or file URI");
        if (!from.IsFile)
        {
            return isFile
                ? (null, $"'{name}' is a file, and a text from the web may not name one")
                : OnTheWeb(name, text => Uri.TryCreate(from, text, out var uri) ? uri : null);
        }

        return Below(from, isFile ? AfterSlashes(name[scheme.Length..]) : name, name);
    }

    private static (Uri? Uri, string? Problem) OnTheWeb(string name, Func<string, Uri?> create)
    {
        if (create(WithoutFragment(name)) is not { } uri || uri.Host.Length == 0) return (null, $"'{name}' is no URI");
        return uri.UserInfo.Length == 0 ? (uri, null) : (null, "a URI may not hold a user name or a password");
    }

    private static (Uri? Uri, string? Problem) Below(Uri from, string path, string name)
    {
        const string hint = "files are named by their path from the definition's folder";
        if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal)) return (null, $"'{name}' is no relative path: {hint}");
        var segments = from.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipLast(1).Select(Uri.UnescapeDataString).ToList();
        foreach (var segment in WithoutFragment(path).Split('/').Select(Uri.UnescapeDataString))
        {
            if (segment.IndexOfAny(['/', '\\', '\0']) >= 0) return (null, $"'{name}' is no relative path: {hint}");
            if (segment is "" or ".") continue;
            if (segment != "..")
                segments.Add(segment);
            else if (segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else
                return (null, $"'{name}' lies outside the definition's folder");
        }

        return segments.Count == 0
            ? (null, $"'{name}' names no file")
            : (new Uri(Definition, string.Join('/', segments.Select(Uri.EscapeDataString))), null);
    }

    private static string WithoutFragment(string name) => name.Split('#', 2)[0];

    /// <summary><c>file://schemas/a.json</c> is written where <c>file:schemas/a.json</c> is meant.</summary>
    private static string AfterSlashes(string path) => path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Web();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
