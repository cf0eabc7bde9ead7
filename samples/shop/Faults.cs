using System.Collections.Concurrent;

namespace AutoFlow.SampleShop;

/// <summary>What goes wrong with a call.</summary>
public enum Fault
{
    /// <summary>HTTP 500, nothing done.</summary>
    ServerError,

    /// <summary>HTTP 500 although the work was done: what a lost answer looks like to the caller.</summary>
    ServerErrorAfterwards,

    /// <summary>No answer until the caller gives up.</summary>
    Timeout,

    /// <summary>HTTP 200 with half a JSON document.</summary>
    MalformedJson,

    /// <summary>HTTP 429 with <c>Retry-After: 2</c>.</summary>
    TooManyRequests,

    /// <summary>17TRACK's rejection -18019907, daily limit exceeded.</summary>
    DailyLimit,
}

/// <summary>Faults to come, by tracking number, order number or <c>*</c> for every call; kept in memory only.</summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<string, (Fault Fault, int Left)> planned = new(StringComparer.Ordinal);

    /// <summary>The next <paramref name="times"/> calls about <paramref name="key"/> go wrong.</summary>
    public void Plan(string key, Fault fault, int times = int.MaxValue) => planned[key] = (fault, times);

    /// <summary>Nothing goes wrong any more.</summary>
    public void Clear() => planned.Clear();

    /// <summary>The fault that the call about these keys meets, used up once; null when none.</summary>
    internal Fault? Take(params IEnumerable<string> keys)
    {
        foreach (var key in keys.Append("*"))
        {
            while (planned.TryGetValue(key, out var plan) && plan.Left > 0)
            {
                if (planned.TryUpdate(key, plan with { Left = plan.Left - 1 }, plan))
                    return plan.Fault;
            }
        }

        return null;
    }

    /// <summary>Plays the fault; false when the call should be served as usual.</summary>
    internal static async Task<bool> PlayAsync(Fault? fault, HttpContext http)
    {
        switch (fault)
        {
            case Fault.ServerError:
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return true;
            case Fault.Timeout:
                await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return true;
            case Fault.MalformedJson:
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync("{\"code\":0,\"data\":{\"acc", http.RequestAborted);
                return true;
            case Fault.TooManyRequests:
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                http.Response.Headers.RetryAfter = "2";
                return true;
            default:
                return false;
        }
    }
}
