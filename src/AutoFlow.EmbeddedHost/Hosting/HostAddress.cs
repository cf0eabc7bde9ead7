using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>Where the host listens.</summary>
internal static class HostAddress
{
    /// <summary>Where local.settings.json's port is kept in the configuration.</summary>
    public const string LocalPortKey = "AutoFlow:LocalHttpPort";

    private const int DefaultPort = 7071;

    /// <summary>
    /// The addresses: <c>--port</c>, else <c>AUTOFLOW_PORT</c>, else what ASP.NET Core was told
    /// (<c>ASPNETCORE_URLS</c>, <c>--urls</c>, <c>ASPNETCORE_HTTP_PORTS</c>: null here, it reads them itself),
    /// else the port of local.settings.json, else http://localhost:7071 as Microsoft's local host.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <exception cref="FormatException">The port is no port.</exception>
    public static string? Choose(IConfiguration configuration)
    {
        if ((configuration["port"] ?? configuration["AUTOFLOW_PORT"]) is { } port)
            return Local(port);
        if (configuration["urls"] is { Length: > 0 } || configuration["http_ports"] is { Length: > 0 })
            return null;
        return configuration[LocalPortKey] is { } localPort ? Local(localPort) : Local(DefaultPort.ToString(CultureInfo.InvariantCulture));
    }

    private static string Local(string port) =>
        ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? $"http://localhost:{number}"
            : throw new FormatException($"The port '{port}' is no port: give a number from 1 to 65535 with --port or AUTOFLOW_PORT.");
}
