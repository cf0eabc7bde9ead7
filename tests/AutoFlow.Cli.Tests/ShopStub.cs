using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Cli.Tests;

/// <summary>A service on this machine that answers with the path it was asked for.</summary>
internal sealed class ShopStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private ShopStub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/{**path}", (HttpRequest request) =>
        {
            Interlocked.Increment(ref _calls);
            return Results.Json(new { path = request.Path.Value });
        });
    }

    /// <summary>How often the service was called.</summary>
    public int Calls => _calls;

    /// <summary>The service's address, with a slash at its end.</summary>
    public string Address => _app.Urls.First() + "/";

    public static async Task<ShopStub> StartAsync()
    {
        var stub = new ShopStub();
        await stub._app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
