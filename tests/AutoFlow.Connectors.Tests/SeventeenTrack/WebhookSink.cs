using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Connectors.Tests.SeventeenTrack;

/// <summary>Takes pushes and answers as told.</summary>
internal sealed class WebhookSink : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookSink(WebApplication app) => this.app = app;

    public Uri Address => new(new Uri(app.Urls.First()), "/pushes");

    public int Answer { get; set; } = 200;

    public List<(string Body, string? Sign)> Received { get; } = [];

    public static async Task<WebhookSink> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var sink = new WebhookSink(app);
        app.MapPost("/pushes", async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            sink.Received.Add((await reader.ReadToEndAsync(http.RequestAborted), http.Request.Headers["sign"]));
            http.Response.StatusCode = sink.Answer;
        });
        await app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
