using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Benchmarks.Pipeline;

/// <summary>The outside of the channel: takes the replies that the app sends, and knows a second try by its key.</summary>
internal sealed class ReplyReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Action<Received> _received;
    private readonly ConcurrentDictionary<string, Received> _byKey = new(StringComparer.Ordinal);
    private int _repeats;
    private int _withoutKey;
    private int _changed;

    private ReplyReceiver(Action<Received> received)
    {
        _received = received;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/replies", TakeAsync);
    }

    /// <summary>Where replies go.</summary>
    public Uri Address => new(new Uri(_app.Urls.First()), "/replies");

    /// <summary>The replies by their key; each counts once.</summary>
    public IReadOnlyDictionary<string, Received> ByKey => _byKey;

    /// <summary>Sends that were known by their key: the app was killed after the first one.</summary>
    public int Repeats => _repeats;

    /// <summary>Sends with a known key and another text; there must be none.</summary>
    public int Changed => _changed;

    /// <summary>Sends that nobody could know again; there must be none.</summary>
    public int WithoutKey => _withoutKey;

    /// <param name="received">Told of each reply, once.</param>
    public static async Task<ReplyReceiver> StartAsync(Action<Received> received)
    {
        var receiver = new ReplyReceiver(received);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var data = body.RootElement.GetProperty("data");
        if (http.Request.Headers["Idempotency-Key"] is not [{ Length: > 0 } key])
        {
            Interlocked.Increment(ref _withoutKey);
            return;
        }

        var reply = new Received(
            key, data.GetProperty("to").GetString()!, data.GetProperty("inReplyTo").GetString(), data.GetProperty("proactive").GetBoolean(),
            data.GetProperty("text").GetString()!.GetHashCode(StringComparison.Ordinal), TimeProvider.System.GetTimestamp());
        if (_byKey.TryAdd(key, reply)) _received(reply);
        else if (_byKey[key].TextHash == reply.TextHash) Interlocked.Increment(ref _repeats);
        else Interlocked.Increment(ref _changed);
    }
}

/// <summary>A reply as the outside saw it.</summary>
/// <param name="TextHash">Of its text; only within this process.</param>
/// <param name="At">A timestamp of the system's clock.</param>
internal sealed record Received(string Key, string To, string? InReplyTo, bool Proactive, int TextHash, long At);
