using System.Net.Http.Json;
using System.Text;

namespace AutoFlow.Demo;

/// <summary>The function app as the demo sees it: over HTTP, like anybody else.</summary>
public sealed class AppClient(HttpClient http)
{
    private const int PageSize = 200;

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
    public async Task SendAsync(string body, CancellationToken ct)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/cloudevents+json");
        using var answer = await http.PostAsync(new Uri("/api/messages", UriKind.Relative), content, ct);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The app refused a sample message: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
    }

    /// <summary>Every message's story.</summary>
    public async Task<IReadOnlyList<StoryRow>> StoriesAsync(CancellationToken ct)
    {
        var stories = new List<StoryRow>();
        while (true)
        {
            var page = await http.GetFromJsonAsync<List<StoryRow>>(new Uri($"/api/inbox?skip={stories.Count}&take={PageSize}", UriKind.Relative), ct) ?? [];
            stories.AddRange(page);
            if (page.Count < PageSize) return stories;
        }
    }

    public async Task<SumsRow> SumsAsync(CancellationToken ct) =>
        await http.GetFromJsonAsync<SumsRow>(new Uri("/api/sums", UriKind.Relative), ct) ?? new SumsRow();
}
