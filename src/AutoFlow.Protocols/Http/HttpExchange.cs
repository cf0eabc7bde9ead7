using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using AutoFlow.Protocols.Authentication;

namespace AutoFlow.Protocols.Http;

/// <summary>Sends one request and reads its answer. Redirects are not followed: they are answers.</summary>
internal sealed class HttpExchange(Connections connections)
{
    private static readonly string Agent = $"AutoFlow/{Assembly.GetExecutingAssembly().GetName().Version?.ToString(2)}";

    /// <summary>Headers that say who calls; they stay out of outputs.</summary>
    private static readonly string[] Credentials = ["Authorization", "Proxy-Authorization", "Cookie"];

    /// <summary>Sends the request.</summary>
    /// <param name="authorization">The credentials; null without.</param>
    /// <param name="mostBytes">How long the answer may be.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">Nothing could be sent, or what came back could not be read.</exception>
    public async Task<HttpCallAnswer> SendAsync(HttpCallRequest request, IAuthorization? authorization, long mostBytes, CancellationToken cancellation)
    {
        try
        {
            using var client = connections.Open(request.Uri, authorization, mostBytes);
            using var message = Message(request.WithDefault("User-Agent", Agent));
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return new HttpCallAnswer
            {
                Request = request with { Headers = Shown(message) },
                Status = (int)response.StatusCode,
                Reason = response.ReasonPhrase ?? "",
                Body = await response.Content.ReadAsByteArrayAsync(cancellation),
                Headers = [.. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Select(static h => KeyValuePair.Create(h.Key, h.Value.ToString()))],
                ContentType = response.Content.Headers.ContentType,
                RetryAfter = RetryAfter(response.Headers.RetryAfter),
            };
        }
        catch (Exception e) when (NetworkFailure.Of(e, request.Uri) is { } failure)
        {
            throw failure;
        }
    }

    private static HttpRequestMessage Message(HttpCallRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Uri);
        if (request.Body is not null) message.Content = new ByteArrayContent(request.Body);
        if (request.ContentType is not null && message.Content is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        foreach (var (name, value) in request.Headers)
        {
            if (message.Headers.TryAddWithoutValidation(name, value)) continue;
            message.Content ??= new ByteArrayContent([]);
            message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static IReadOnlyList<(string, string)> Shown(HttpRequestMessage message) =>
    [
        .. message.Headers.NonValidated.Select(static h => (h.Key, h.Value.ToString()))
            .Concat(message.Content?.Headers.NonValidated.Select(static h => (h.Key, h.Value.ToString())) ?? [])
            .Where(static h => !Credentials.Contains(h.Item1, StringComparer.OrdinalIgnoreCase)),
    ];

    private static string? RetryAfter(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => string.Create(CultureInfo.InvariantCulture, $"{delta.TotalSeconds:0} seconds"),
        { Date: { } date } => $"until {date.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}",
        _ => null,
    };
}
