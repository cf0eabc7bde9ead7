using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AutoFlow.Protocols.Authentication;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Options;

namespace AutoFlow.Protocols.Documents;

/// <summary>A description that a service publishes about itself.</summary>
/// <param name="Uri">Where it was found, redirects followed; relative addresses in it start here.</param>
/// <param name="Content">The document.</param>
internal sealed record ServiceDocument(Uri Uri, JqValue Content);

/// <summary>Fetches descriptions of services and keeps them; after a while it asks whether they have changed (RFC 9110 §13.1.2).</summary>
internal sealed class DocumentStore(HttpExchange http, Authorizations authorizations, TimeProvider time, IOptions<ProtocolOptions> options)
{
    private const int MostRedirects = 5;
    private const int MostDocuments = 100;
    private readonly ConcurrentDictionary<string, Entry> _kept = new(StringComparer.Ordinal);

    /// <summary>The document of an endpoint, JSON or YAML.</summary>
    /// <param name="endpoint">The endpoint, <c>{ uri, authentication? }</c>.</param>
    /// <param name="what">What it is, for messages, as <c>the OpenAPI document</c>.</param>
    /// <param name="secrets">Learns what must not come back in an output.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">It could not be had or not be read.</exception>
    public async Task<ServiceDocument> GetAsync(JqValue endpoint, string what, RevealedSecrets secrets, CancellationToken cancellation)
    {
        var uri = HttpFields.Address(endpoint, what);
        var authorization = authorizations.For(endpoint["authentication"], secrets);
        var key = $"{uri.AbsoluteUri} {Digest(endpoint["authentication"])}";
        var kept = _kept.GetValueOrDefault(key);
        if (kept is not null && time.GetUtcNow() - kept.At < options.Value.DocumentLifetime) return kept.Document;
        var answer = await FetchAsync(uri, authorization, kept?.Tag, what, cancellation);
        var fresh = answer.Status == 304 && kept is not null
            ? kept with { At = time.GetUtcNow() }
            : new Entry(new ServiceDocument(answer.Request.Uri, DocumentText.Read(answer.Expect(redirect: false).Text(), what)), answer.Header("ETag"), time.GetUtcNow());
        if (_kept.Count >= MostDocuments) _kept.TryRemove(_kept.MinBy(static e => e.Value.At).Key, out _);
        _kept[key] = fresh;
        return fresh.Document;
    }

    private async Task<HttpCallAnswer> FetchAsync(Uri uri, IAuthorization? authorization, string? tag, string what, CancellationToken cancellation)
    {
        List<(string, string)> headers = [("Accept", "application/json, application/yaml;q=0.9, */*;q=0.8")];
        if (tag is not null) headers.Add(("If-None-Match", tag));
        var at = uri;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var credentials = Authorizing.SameOrigin(at, uri) ? authorization : null;
            var answer = await http.SendAsync(new HttpCallRequest("GET", at, headers), credentials, options.Value.LargestDocument, cancellation);
            if (answer.Status is not (301 or 302 or 303 or 307 or 308) || answer.Header("Location") is not { } location) return answer;
            if (!Uri.TryCreate(at, location, out var next)) throw Failures.BadAnswer($"{what} at {answer.Origin} has moved to no address");
            at = next;
        }

        throw Failures.BadAnswer($"{what} at {HttpCallAnswer.OriginOf(uri)} is moved more than {MostRedirects} times");
    }

    private static string Digest(JqValue policy) =>
        policy.IsNull ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(policy.ToJson())));

    private sealed record Entry(ServiceDocument Document, string? Tag, DateTimeOffset At);
}
