using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AutoFlow.Tests;

namespace AutoFlow.EndToEnd.Tests.App;

/// <summary>A service on this machine that a workflow calls: it answers with what it saw.</summary>
public sealed class ServiceStub : IDisposable
{
    private readonly HttpListener _listener = new();

    public ServiceStub()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Take()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>The Authorization headers that came.</summary>
    public ConcurrentQueue<string?> Authorizations { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                var authorization = call.Request.Headers["Authorization"];
                Authorizations.Enqueue(authorization);
                call.Response.ContentType = "application/json";
                call.Response.OutputStream.Write(Encoding.UTF8.GetBytes($$"""{"order":"1001","youSaid":"{{authorization}}"}"""));
                call.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed at the end of the test.
        }
    }
}
