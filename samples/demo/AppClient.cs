using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace AutoFlow.Demo;

/// <summary>The function app as the demo sees it: over HTTP, like anybody else.</summary>
public sealed class AppClient(HttpClient http, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>A host that restarts a worker, or has lost its storage for a moment, is back by then.</summary>
    private const int MostTries = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Where a person looks, with the key that opens the links there.</summary>
    public Uri Page { get; private set; } = http.BaseAddress!;

    /// <summary>Sends a function key from now on; null sends none.</summary>
    public void UseKey(string? key)
    {
        if (key is null) return;
        http.DefaultRequestHeaders.Add("x-functions-key", key);
        Page = new Uri(http.BaseAddress!, $"/?code={Uri.EscapeDataString(key)}");
    }

    /// <summary>Waits until the app answers.</summary>
    public async Task UntilReadyAsync(CancellationToken ct)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/", UriKind.Relative), ct);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        while (await pause.WaitForNextTickAsync(ct));
    }

    /// <summary>Hands a message in. A message that is known already changes nothing.</summary>
    public Task SendAsync(string body, CancellationToken ct) => PatientlyAsync(
        async () =>
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/cloudevents+json");
            using var answer = await http.PostAsync(new Uri("/api/messages", UriKind.Relative), content, ct);
            if ((int)answer.StatusCode >= 500) answer.EnsureSuccessStatusCode();
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"The app refused a sample message: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
            return true;
        },
        ct);

    /// <summary>Every message's story.</summary>
    public async Task<IReadOnlyList<StoryRow>> StoriesAsync(CancellationToken ct)
    {
        var stories = new List<StoryRow>();
        while (true)
        {
            var next = new Uri($"/api/inbox?skip={stories.Count}&take={PageSize}", UriKind.Relative);
            var page = await PatientlyAsync(() => http.GetFromJsonAsync<List<StoryRow>>(next, ct), ct) ?? [];
            stories.AddRange(page);
            if (page.Count < PageSize) return stories;
        }
    }

    public async Task<SumsRow> SumsAsync(CancellationToken ct) =>
        await PatientlyAsync(() => http.GetFromJsonAsync<SumsRow>(new Uri("/api/sums", UriKind.Relative), ct), ct) ?? new SumsRow();

    /// <summary>A fault of the app for a moment must not end the demo: it runs inside the app, and would end that with it.</summary>
    private async Task<T> PatientlyAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (HttpRequestException exception) when (tries < MostTries && exception.StatusCode is null or >= HttpStatusCode.InternalServerError)
            {
                await Task.Delay(Pause, time, ct);
            }
        }
    }
}
