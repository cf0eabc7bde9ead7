using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace AutoFlow.Benchmarks.Pipeline;

/// <summary>
/// Hands messages in over HTTP as fast as the app takes them: so many at one time, each again until it is acknowledged. What the app
/// cannot take now (429, 503) is sent again when it says so.
/// </summary>
/// <param name="rate">Messages a second at the most, of those that follow no answer; null for as many as are taken.</param>
internal sealed class MessageFeed(HttpClient http, SampleTraffic traffic, DateTimeOffset epoch, double? rate)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WithoutWord = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Traffic> _first = [];
    private readonly ConcurrentQueue<Traffic> _next = [];
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private int _begun;
    private int _toAcknowledge;
    private int _putOff;
    private int _again;

    /// <summary>When each message was acknowledged, by its id in its channel: a timestamp of the system's clock.</summary>
    public ConcurrentDictionary<string, long> AcknowledgedAt { get; } = new(StringComparer.Ordinal);

    /// <summary>How often the app asked to wait.</summary>
    public int PutOff => _putOff;

    /// <summary>How often a message was sent again because no answer came.</summary>
    public int Again => _again;

    /// <summary>Whether everything that was to be sent is acknowledged.</summary>
    public bool IsDone => Volatile.Read(ref _toAcknowledge) == 0;

    /// <summary>Sends a message as soon as there is room; one that follows an answer goes before those that follow nothing.</summary>
    public void Add(Traffic one)
    {
        Interlocked.Increment(ref _toAcknowledge);
        (traffic.Of(one).After is null ? _first : _next).Enqueue(one);
    }

    /// <summary>Runs until it is cancelled.</summary>
    public Task RunAsync(int inFlight, CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => SendAllAsync(ct)));

    private async Task SendAllAsync(CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                if (!_next.TryDequeue(out var one) && !(IsDue() && _first.TryDequeue(out one)))
                {
                    await Task.Delay(20, ct);
                    continue;
                }

                await SendAsync(one, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    private bool IsDue()
    {
        if (rate is not { } limit) return true;
        if (Volatile.Read(ref _begun) >= TimeProvider.System.GetElapsedTime(_began).TotalSeconds * limit) return false;
        Interlocked.Increment(ref _begun);
        return true;
    }

    private async Task SendAsync(Traffic one, CancellationToken ct)
    {
        var body = traffic.Body(one, epoch);
        while (await TryAsync(body, ct) is { } wait) await Task.Delay(wait, ct);
        AcknowledgedAt[traffic.IdOf(one)] = TimeProvider.System.GetTimestamp();
        Interlocked.Decrement(ref _toAcknowledge);
        // Nobody answers before a person has looked.
        if (traffic.After(one) is { } next && traffic.IsHeld(one)) Add(next);
    }

    /// <summary>Null when it is acknowledged; else how long to wait.</summary>
    private async Task<TimeSpan?> TryAsync(string body, CancellationToken ct)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/cloudevents+json");
            using var answer = await http.PostAsync(new Uri("/api/messages", UriKind.Relative), content, ct);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.Accepted:
                    return null;
                case HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable:
                    Interlocked.Increment(ref _putOff);
                    return answer.Headers.RetryAfter?.Delta ?? WithoutWord;
                case < HttpStatusCode.InternalServerError:
                    throw new InvalidOperationException($"The app refused a message: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
            }
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && exception is HttpRequestException or IOException or TaskCanceledException)
        {
            // The app is dead, or about to be: nobody knows whether it has the message.
        }

        Interlocked.Increment(ref _again);
        return AfterFault;
    }
}
