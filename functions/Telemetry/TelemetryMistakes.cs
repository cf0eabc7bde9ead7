using AutoFlow.Functions.Settings;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.Functions.Telemetry;

/// <summary>What is wrong with the settings of the exporters, which would else throw while they are built or send nothing and say nothing.</summary>
internal static class TelemetryMistakes
{
    private const string Authorization = "Authorization";
    private const string ClientId = "ClientId";

    /// <summary>One line for each setting; values are not repeated, because some are secret.</summary>
    public static IEnumerable<string> In(IConfiguration configuration)
    {
        if (Set(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]) is { } endpoint && !IsWebAddress(endpoint))
            yield return "OTEL_EXPORTER_OTLP_ENDPOINT: give an address with http or https, such as http://localhost:4317.";
        if (Set(configuration["OTEL_EXPORTER_OTLP_PROTOCOL"]) is { } protocol && protocol is not ("grpc" or "http/protobuf"))
            yield return "OTEL_EXPORTER_OTLP_PROTOCOL: give grpc or http/protobuf.";
        // A reference that is not resolved is told of already.
        if (Set(configuration["OTEL_EXPORTER_OTLP_HEADERS"]) is { } headers && !UnresolvedSecrets.Is(headers) && !(Pairs(headers, ',')?.Keys.All(IsToken) ?? false))
            yield return "OTEL_EXPORTER_OTLP_HEADERS: give name=value, more of them after a comma, no name twice.";
        if (Set(configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]) is { } connection && !IsConnection(Pairs(connection, ';')))
            yield return "APPLICATIONINSIGHTS_CONNECTION_STRING: give name=value;… as the resource shows it, with InstrumentationKey and no name twice.";
        if (Set(configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]) is { } authentication && !IsAuthentication(Pairs(authentication, ';')))
            yield return "APPLICATIONINSIGHTS_AUTHENTICATION_STRING: give Authorization=AAD, or Authorization=AAD;ClientId=… for a user-assigned identity.";
    }

    private static string? Set(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static bool IsConnection(Dictionary<string, string>? parts) =>
        parts is not null && parts.ContainsKey("InstrumentationKey") && (!parts.TryGetValue("IngestionEndpoint", out var endpoint) || IsWebAddress(endpoint));

    private static bool IsAuthentication(Dictionary<string, string>? parts) => parts is not null
        && string.Equals(parts.GetValueOrDefault(Authorization), "AAD", StringComparison.OrdinalIgnoreCase)
        && parts.Keys.All(name => name.Equals(Authorization, StringComparison.OrdinalIgnoreCase) || name.Equals(ClientId, StringComparison.OrdinalIgnoreCase));

    /// <summary>A header's name, RFC 9110, 5.6.2.</summary>
    private static bool IsToken(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal));

    /// <summary>Null where a part has no name or no value, or a name stands twice.</summary>
    private static Dictionary<string, string>? Pairs(string text, char between)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || part[(at + 1)..].Trim() is not { Length: > 0 } value || !pairs.TryAdd(part[..at].Trim(), value)) return null;
        }

        return pairs.Count > 0 ? pairs : null;
    }
}
