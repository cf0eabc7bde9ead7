using System.Globalization;
using System.Net;
using System.Text.Json;
using AutoFlow.Support;

namespace AutoFlow.Connectors;

/// <summary>One HTTP call whose expected failures are data; codes are <c>{service}-unavailable</c>, <c>-rate-limited</c>, <c>-unauthorized</c> and <c>-bad-answer</c>.</summary>
/// <param name="service">The word that failure codes begin with, for example <c>carrier</c>.</param>
internal sealed class OutsideCall(HttpClient http, string service)
{
    /// <summary>Bytes of an answer that are read at most; more is no answer of these services.</summary>
    public const int LargestAnswer = 16 * 1024 * 1024;

    /// <summary>Sends and hands any answer that is no failure of the service (all but 401, 403, 408, 429 and 5xx) to <paramref name="read"/>. A message never holds the URL, which may hold personal data.</summary>
    public async Task<Result<T>> SendAsync<T>(Func<HttpRequestMessage> request, Func<HttpStatusCode, Stream, CancellationToken, Task<Result<T>>> read, CancellationToken ct)
    {
        try
        {
            using var message = request();
            using var response = await http.SendAsync(message, ct);
            if (FailureOf(response) is { } failure)
                return failure;
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            return await read(response.StatusCode, body, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Failure($"{service}-unavailable", $"The {service} service did not answer in time.", IsTransient: true);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new Failure($"{service}-unavailable", $"The {service} service could not be reached.", IsTransient: true);
        }
        catch (JsonException)
        {
            return new Failure($"{service}-bad-answer", $"The {service} service sent an answer that is not the JSON it promises.", IsTransient: true);
        }
    }

    private Failure? FailureOf(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests => new Failure($"{service}-rate-limited", $"The {service} service asks to wait{Wait(response)}.", IsTransient: true),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new Failure($"{service}-unauthorized", $"The {service} service refuses the key."),
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
            new Failure($"{service}-unavailable", $"The {service} service answered {(int)response.StatusCode}.", IsTransient: true),
        _ => null,
    };

    private static string Wait(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta is { } delta
        ? string.Create(CultureInfo.InvariantCulture, $" {delta.TotalSeconds:0} seconds")
        : "";
}
