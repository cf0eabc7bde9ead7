using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AutoFlow.Protocols.Tests.Fakes;

/// <summary>A request as a stub saw it.</summary>
internal sealed record SeenRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A service on the loopback address that answers as told and remembers what it was asked.</summary>
internal sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private StubService(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public static async Task<StubService> StartAsync(Func<HttpContext, SeenRequest, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new StubService(app);
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var seen = new SeenRequest(
                http.Request.Method,
                http.Request.Path.ToUriComponent(),
                http.Request.QueryString.Value ?? "",
                http.Request.Headers.ToDictionary(static h => h.Key, static h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await reader.ReadToEndAsync(http.RequestAborted));
            stub._seen.Enqueue(seen);
            await answer(http, seen);
        });
        await app.StartAsync();
        return stub;
    }

    /// <summary>A service that gives every request the same answer.</summary>
    public static Task<StubService> AnsweringAsync(string body, string? contentType = "application/json", int status = 200) =>
        StartAsync((http, _) => http.Response.SendAsync(body, contentType, status));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal static class StubAnswers
{
    public static Task SendAsync(this HttpResponse response, string body, string? contentType = "application/json", int status = 200)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        return body.Length == 0 ? Task.CompletedTask : response.WriteAsync(body);
    }
}
