using System.Net;
using System.Net.Sockets;

namespace AutoFlow.Tests;

/// <summary>A port for a program that is told where to listen.</summary>
internal static class FreePort
{
    /// <summary>
    /// A port on which nobody listens. It lies below those that the system gives to whoever asks for any port: a program that takes seconds to
    /// start would otherwise find it given to a server or a connection of the tests that run beside it.
    /// </summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            if (IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port)))
                return port;
        }
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
            return true;
        }
        catch (SocketException fault)
        {
            // Where there is no IPv6, nobody listens on it.
            return fault.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
