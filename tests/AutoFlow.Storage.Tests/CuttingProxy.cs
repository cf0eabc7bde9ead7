using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AutoFlow.Storage.Tests;

/// <summary>A way to the server that is cut where a test says, or that leads nowhere for a while.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = [];
    private readonly int _to;
    private int _until;
    private bool _arrives;
    private volatile bool _loseAnswer;
    private volatile bool _isDown;

    public CuttingProxy(int to)
    {
        _to = to;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>True once the cut was made.</summary>
    public bool HasCut => Volatile.Read(ref _until) < 0;

    /// <summary>Connections that came while the way led nowhere.</summary>
    public int Refused { get; private set; }

    /// <summary>Cuts every connection with what the client sends as the <paramref name="request"/>-th from now on.</summary>
    /// <param name="arrives">True: the server gets it, and only its answer is lost.</param>
    public void CutAt(int request, bool arrives) => (_arrives, _until) = (arrives, request);

    /// <summary>Leads nowhere from now on; what is open is cut.</summary>
    public void GoDown()
    {
        _isDown = true;
        CutAll();
    }

    public void ComeUp() => _isDown = false;

    public void Dispose()
    {
        _listener.Stop();
        CutAll();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                if (_isDown)
                {
                    Refused++;
                    client.Dispose();
                    continue;
                }

                var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await server.ConnectAsync(IPAddress.Loopback, _to);
                (_open[client], _open[server]) = (true, true);
                _ = PassAsync(client, server, isRequest: true);
                _ = PassAsync(server, client, isRequest: false);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped at the end of the test.
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isRequest)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                if (isRequest && Volatile.Read(ref _until) > 0 && Interlocked.Decrement(ref _until) == 0)
                {
                    _loseAnswer = _arrives;
                    if (!_arrives) Cut();
                }
                else if (!isRequest && _loseAnswer)
                {
                    _loseAnswer = false; // it has done it
                    Cut();
                }

                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }

        (_, _) = (_open.TryRemove(from, out _), _open.TryRemove(to, out _));
        from.Dispose();
        to.Dispose();
    }

    private void Cut()
    {
        Volatile.Write(ref _until, -1);
        CutAll();
    }

    private void CutAll()
    {
        foreach (var socket in _open.Keys)
        {
            _open.TryRemove(socket, out _);
            socket.Dispose();
        }
    }
}
