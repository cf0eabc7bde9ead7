using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AutoFlow.Protocols.Http;

/// <summary>
/// Which addresses calls may reach. Link-local addresses and the metadata services of clouds are always refused, by what a name
/// resolves to and not by the name, so that no definition and no answer can ask for the machine's own credentials.
/// </summary>
internal sealed class EgressPolicy(IOptions<ProtocolOptions> options)
{
    /// <summary>AWS IPv6, Google IPv6, Alibaba, Azure's platform address, Oracle; IPv4 169.254.169.254 is link-local.</summary>
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254"), IPAddress.Parse("100.100.100.200"),
        IPAddress.Parse("168.63.129.16"), IPAddress.Parse("192.0.0.192"),
    ];

    private static readonly IPNetwork LinkLocal = new(IPAddress.Parse("169.254.0.0"), 16);
    private static readonly IPNetwork Nat64 = new(IPAddress.Parse("64:ff9b::"), 96);
    private static readonly IPNetwork SixToFour = new(IPAddress.Parse("2002::"), 16);

    /// <summary>Whether an address is never called.</summary>
    public static bool IsRefused(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = Embedded(address) ?? address;
        return plain.AddressFamily == AddressFamily.InterNetwork && LinkLocal.Contains(plain)
            || plain.IsIPv6LinkLocal
            || Metadata.Contains(plain);
    }

    /// <summary>Checks an address before anything is sent to it.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">It is no HTTP address, or its host is not allowed.</exception>
    public void Check(Uri uri)
    {
        if (uri.Scheme is not ("http" or "https"))
            throw Failures.Configuration($"'{uri.Scheme}:' is no address of a service; only http and https are called");
        if (uri.UserInfo.Length > 0)
            throw Failures.Configuration("an address may not hold a user or a password; use the call's authentication");
        var allowed = options.Value.AllowedHosts;
        if (allowed.Count > 0 && !allowed.Any(pattern => Matches(pattern, uri.IdnHost)))
            throw Failures.Refused($"the host '{uri.IdnHost}' may not be called; it is not among {ProtocolOptions.Section}:{nameof(ProtocolOptions.AllowedHosts)}");
    }

    /// <summary>Connects to the addresses that a name has, if all of them may be called; a name cannot change its mind between check and use.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var target = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancellation);
        if (addresses.Any(IsRefused))
            throw Failures.Refused($"the host '{target.Host}' may not be called: it is a link-local or cloud metadata address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool Matches(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    /// <summary>The IPv4 address inside an IPv6 one: mapped, NAT64 or 6to4; null when there is none.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return null;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address)) return new IPAddress(bytes.AsSpan(12));
        return SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4)) : null;
    }
}
