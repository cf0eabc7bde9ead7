using System.Net.Sockets;
using AutoFlow.Workflows.Execution;

namespace AutoFlow.Protocols.Http;

/// <summary>Says what went wrong on the network, as an error of type communication.</summary>
internal static class NetworkFailure
{
    /// <summary>The failure; null when the exception is none of a network's.</summary>
    /// <param name="uri">The address that was called; only its origin is shown.</param>
    public static WorkflowErrorException? Of(Exception exception, Uri uri)
    {
        if (Cause<WorkflowErrorException>(exception) is { } expected) return expected;
        var origin = HttpCallAnswer.OriginOf(uri);
        if (Cause<InvalidDataException>(exception) is not null) return Failures.BadAnswer($"the answer of {origin} is compressed wrongly");
        if (exception is not (HttpRequestException or IOException or SocketException)) return null;
        return (Cause<HttpRequestException>(exception)?.HttpRequestError ?? Cause<HttpIOException>(exception)?.HttpRequestError) switch
        {
            HttpRequestError.NameResolutionError => Unavailable($"the host of {origin} is not known"),
            HttpRequestError.SecureConnectionError => Unavailable($"no secure connection to {origin} could be made; its certificate may be wrong"),
            HttpRequestError.ResponseEnded => Failures.BadAnswer($"the answer of {origin} was cut off"),
            HttpRequestError.InvalidResponse => Failures.BadAnswer($"the answer of {origin} is no HTTP"),
            HttpRequestError.ConfigurationLimitExceeded => Failures.BadAnswer($"the headers of the answer of {origin} are too long"),
            HttpRequestError.UserAuthenticationError => Failures.Authentication(401, $"the credentials do not answer what {origin} asks for"),
            _ when Cause<SocketException>(exception)?.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                Unavailable($"the host of {origin} is not known"),
            _ when Cause<HttpIOException>(exception) is not null => Failures.BadAnswer($"the answer of {origin} was cut off"),
            _ => Unavailable($"the service at {origin} could not be reached"),
        };
    }

    /// <summary>The service did not answer within a limit.</summary>
    public static WorkflowErrorException TooSlow(TimeSpan limit) => Failures.Communication(
        504, "Gateway Timeout", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the service did not answer within {limit.TotalSeconds:0.###} seconds"));

    private static WorkflowErrorException Unavailable(string detail) => Failures.Communication(503, "Service Unavailable", detail);

    private static T? Cause<T>(Exception exception)
        where T : Exception
    {
        for (var at = exception; at is not null; at = at.InnerException)
        {
            if (at is T found) return found;
        }

        return null;
    }
}
