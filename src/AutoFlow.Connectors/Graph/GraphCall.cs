using System.Text.Json;
using AutoFlow.Support;
using Azure;
using Azure.Identity;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace AutoFlow.Connectors.Graph;

/// <summary>
/// Makes Graph's failures data. Codes: <c>mail-throttled</c> and <c>mail-unavailable</c> (both transient),
/// <c>mail-unauthorized</c>, <c>mail-refused</c>, <c>mail-unreadable</c>. Graph's own messages can quote addresses, so only its
/// error code and the HTTP status are told.
/// </summary>
internal static class GraphCall
{
    /// <summary>Runs calls to Graph; a cancelled <paramref name="ct"/> and everything unexpected still throws.</summary>
    public static async Task<Result<T>> TryAsync<T>(Func<Task<Result<T>>> calls, CancellationToken ct)
    {
        try
        {
            return await calls();
        }
        catch (ApiException exception)
        {
            return FailureOf(exception);
        }
        catch (HttpRequestException)
        {
            return new Failure("mail-unavailable", "Graph cannot be reached.", IsTransient: true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Failure("mail-unavailable", "Graph did not answer in time.", IsTransient: true);
        }
        catch (AuthenticationFailedException exception)
        {
            var passing = exception.InnerException is HttpRequestException or OperationCanceledException
                || exception.InnerException is RequestFailedException { Status: 0 or 408 or 429 or >= 500 };
            return new Failure(passing ? "mail-unavailable" : "mail-unauthorized", "No token could be had for Graph.", passing);
        }
        catch (JsonException)
        {
            return new Failure("mail-unreadable", "Graph's answer is not the JSON that it should be.");
        }
    }

    /// <summary>True when Graph said that the message does not exist (any more); a missing user or mailbox is 404 as well, and no reason to forget a message.</summary>
    public static bool IsGone(ODataError error) => error is { ResponseStatusCode: 404, Error.Code: "ErrorItemNotFound" };

    private static Failure FailureOf(ApiException exception)
    {
        var told = $"Graph answered {exception.ResponseStatusCode}{(exception is ODataError { Error.Code: { Length: > 0 } code } ? $" ({code})" : "")}";
        if (exception is not ODataError)
            return new Failure("mail-unavailable", $"Not Graph, but something before it answered {exception.ResponseStatusCode}.", IsTransient: true);
        return exception.ResponseStatusCode switch
        {
            429 => new Failure("mail-throttled", $"{told}{WaitOf(exception)}.", IsTransient: true),
            408 or >= 500 => new Failure("mail-unavailable", $"{told}{WaitOf(exception)}.", IsTransient: true),
            401 or 403 => new Failure("mail-unauthorized", $"{told}."),
            _ => new Failure("mail-refused", $"{told}."),
        };
    }

    private static string WaitOf(ApiException exception) =>
        exception.ResponseHeaders?.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } wait
            ? $", to be asked again after {wait} s"
            : "";
}
