using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AutoFlow.Tests;

namespace AutoFlow.EndToEnd.Tests.Telemetry;

/// <summary>A collector on this machine that takes OTLP over HTTP and keeps what came.</summary>
public sealed class OtlpStub : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _requests = new();

    public OtlpStub()
    {
        var address = $"http://127.0.0.1:{FreePort.Take()}/";
        _listener.Prefixes.Add(address);
        _listener.Start();
        Settings = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            // Soon, so that a killed process has told what it did.
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };
        _ = ServeAsync();
    }

    /// <summary>What makes the program export to here.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public IReadOnlyList<OtlpSpan> Spans => [.. _requests.Where(request => request.Path == "/v1/traces").SelectMany(request => OtlpSpan.Read(request.Body))];

    /// <summary>Everything that came of one kind (<c>traces</c>, <c>metrics</c>, <c>logs</c>), bytes as characters, so that texts can be searched for.</summary>
    public string Raw(string kind) => string.Concat(_requests.Where(request => request.Path == $"/v1/{kind}").Select(request => Encoding.UTF8.GetString(request.Body)));

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await call.Request.InputStream.CopyToAsync(body);
                _requests.Enqueue((call.Request.Url!.AbsolutePath, body.ToArray()));
                call.Response.ContentType = "application/x-protobuf";
                call.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed at the end of the test.
        }
    }
}
