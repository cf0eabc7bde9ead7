using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>
/// Looks whether an address is free before anything starts: the web server would find out last of all, and tell it with a stack trace.
/// </summary>
internal static class PortProbe
{
    /// <summary>The first address that somebody listens on; null when all are free.</summary>
    /// <param name="urls">Addresses with semicolons between them; null for none.</param>
    public static string? Taken(string? urls) =>
        (urls ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(IsTaken);

    private static bool IsTaken(string url)
    {
        var address = BindingAddress.Parse(url);
        return address is { IsUnixPipe: false, IsNamedPipe: false, Port: > 0 } && Addresses(address.Host).Any(ip => IsTaken(ip, address.Port));
    }

    private static IPAddress[] Addresses(string host) =>
        IPAddress.TryParse(host, out var ip) ? [ip]
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : [IPAddress.Any];

    private static bool IsTaken(IPAddress ip, int port)
    {
        try
        {
            using var listener = new TcpListener(ip, port);
            listener.Start();
            return false;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
