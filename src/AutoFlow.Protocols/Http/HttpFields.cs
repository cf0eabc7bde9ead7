using System.Buffers;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Http;

/// <summary>Reads the parts of a request from a call's arguments, and refuses what cannot be sent.</summary>
internal static class HttpFields
{
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Headers that belong to the connection and are set by the engine (RFC 9110 §7.6.1, RFC 9112).</summary>
    private static readonly string[] OfTheConnection =
        ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE", "Trailer", "Expect", "Proxy-Authorization", "Proxy-Connection"];

    /// <summary>The absolute address of an endpoint.</summary>
    /// <param name="endpoint">An endpoint, <c>{ uri, … }</c>.</param>
    /// <param name="what">Whose it is, for messages.</param>
    public static Uri Address(JqValue endpoint, string what) => Address(endpoint["uri"].AsString(), what);

    /// <summary>The absolute address that a text is.</summary>
    /// <param name="text">The text; null is no address.</param>
    /// <param name="what">Whose it is, for messages.</param>
    /// <exception cref="WorkflowErrorException">It is no http or https address, or its path climbs.</exception>
    public static Uri Address(string? text, string what)
    {
        if (text is null || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw Failures.Validation($"the address of {what} is no absolute http or https address");
        // Values that a template put into the path may not climb out of it.
        var path = text.Split('?', '#')[0].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Split('/', '\\');
        return path.Any(static segment => segment is "." or "..")
            ? throw Failures.Validation($"the address of {what} has a path segment '.' or '..'")
            : uri;
    }

    /// <summary>The headers of a map; null values are left out.</summary>
    public static IReadOnlyList<(string Name, string Value)> Headers(JqValue headers)
    {
        var read = new List<(string, string)>();
        foreach (var (name, value) in headers.Properties)
        {
            if (value.IsNull) continue;
            var text = Scalar(value) ?? throw Failures.Validation($"the header '{Failures.Shown(name)}' is {value.TypeName}, not text");
            Check(name, text);
            read.Add((name, text));
        }

        return read;
    }

    /// <summary>Whether a text can be a method or the name of a header (RFC 9110 §5.6.2).</summary>
    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenChars);

    /// <summary>Checks that a header can be sent (RFC 9110 §5).</summary>
    public static void Check(string name, string value)
    {
        var shown = Failures.Shown(name);
        if (!IsToken(name)) throw Failures.Validation($"'{shown}' is no name of a header");
        if (OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase)) throw Failures.Validation($"the header '{shown}' belongs to the connection and cannot be set");
        if (value.Any(static c => c is (< ' ' and not '\t') or > '~')) throw Failures.Validation($"the header '{shown}' has a character that cannot stand in a header");
    }

    /// <summary>The address with query parameters added; an array repeats its name, null is left out.</summary>
    public static Uri WithQuery(Uri uri, JqValue query)
    {
        var pairs = query.Properties.SelectMany(static p => Values(p.Key, p.Value)).ToList();
        if (pairs.Count == 0) return uri;
        var added = string.Join('&', pairs.Select(static p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
        return new UriBuilder(uri) { Query = uri.Query.Length > 1 ? $"{uri.Query}&{added}" : added }.Uri;
    }

    /// <summary>The texts of one form or query field.</summary>
    public static IEnumerable<(string Name, string Value)> Values(string name, JqValue value) => value.Kind switch
    {
        JqKind.Null => [],
        JqKind.Array => value.Items.Where(static i => !i.IsNull).Select(item => (name, Scalar(item) ?? throw NotFlat(name))),
        _ => [(name, Scalar(value) ?? throw NotFlat(name))],
    };

    /// <summary>The text of a scalar; null for arrays, objects and null.</summary>
    public static string? Scalar(JqValue value) => value.Kind switch
    {
        JqKind.String => value.AsString(),
        JqKind.Number or JqKind.True or JqKind.False => value.ToJson(),
        _ => null,
    };

    private static WorkflowErrorException NotFlat(string name) => Failures.Validation($"'{Failures.Shown(name)}' holds an object or a list in a list, which has no form here; give text, numbers or a list of them");
}
