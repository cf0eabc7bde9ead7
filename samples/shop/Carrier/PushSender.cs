using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.SampleShop.Carrier;

/// <summary>Sends the pushes in their order per parcel until the receiver says 200, with growing waits between the tries.</summary>
/// <param name="webhook">Null sends nothing.</param>
/// <param name="key">Signs: SHA-256 of <c>body/key</c> in lower case hex in the header <c>sign</c>, as 17TRACK documents it.</param>
internal sealed class PushSender(TrackedParcels parcels, Uri? webhook, string key, HttpClient http, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Parcels that are told of at one time.</summary>
    private const int AtOnce = 8;

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly ConcurrentDictionary<string, (int Tries, DateTimeOffset Next)> waits = new(StringComparer.Ordinal);

    /// <summary>Queues what has happened and sends what is due.</summary>
    public async Task PushDueAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            parcels.Announce(webhook is not null);
            var owed = parcels.Pushes.GroupBy(push => push.Number, StringComparer.Ordinal);
            await parcels.WrittenAsync();
            await Parallel.ForEachAsync(owed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (ofParcel, cancelled) => await SendInOrderAsync(ofParcel, cancelled));
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    /// <summary>The header's value for a body.</summary>
    internal static string Sign(string body, string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body + "/" + key)));

    private async Task SendInOrderAsync(IGrouping<string, Push> ofParcel, CancellationToken ct)
    {
        if (webhook is null || (waits.TryGetValue(ofParcel.Key, out var wait) && wait.Next > time.GetUtcNow()))
            return;
        foreach (var push in ofParcel)
        {
            if (!await TrySendAsync(push, ct))
            {
                var tries = (waits.TryGetValue(ofParcel.Key, out var before) ? before.Tries : 0) + 1;
                var pause = FirstWait * Math.Pow(2, Math.Min(tries - 1, 10));
                waits[ofParcel.Key] = (tries, time.GetUtcNow() + (pause < LongestWait ? pause : LongestWait));
                return;
            }

            parcels.Done(push.Id);
            waits.TryRemove(ofParcel.Key, out _);
        }
    }

    private async Task<bool> TrySendAsync(Push push, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = new StringContent(push.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("sign", Sign(push.Body, key));
        try
        {
            using var response = await http.SendAsync(request, ct);
            return response.StatusCode == System.Net.HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
