using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using AutoFlow.Tests;

namespace AutoFlow.Connectors.Tests.Posted;

/// <summary>A service that replies are posted to.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener = new();

    public Receiver()
    {
        Address = $"http://127.0.0.1:{FreePort.Take()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>What it answers.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.NoContent;

    /// <summary>The headers and the body of each request.</summary>
    public ConcurrentQueue<(System.Collections.Specialized.NameValueCollection Headers, JsonNode Body)> Requests { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                Requests.Enqueue((call.Request.Headers, (await JsonNode.ParseAsync(call.Request.InputStream))!));
                call.Response.StatusCode = (int)Status;
                call.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed at the end of the test.
        }
    }
}
