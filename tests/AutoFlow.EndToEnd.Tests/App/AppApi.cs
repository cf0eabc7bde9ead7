using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoFlow.EndToEnd.Tests.App;

/// <summary>The program's HTTP API as any caller sees it.</summary>
public sealed class AppApi : IDisposable
{
    private const int PageSize = 500;

    private readonly HttpClient _http;

    /// <param name="key">The function key; null calls without one.</param>
    public AppApi(Uri address, string? key)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        Key = key;
        if (key is not null) _http.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    /// <summary>The function key; null without one.</summary>
    public string? Key { get; }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => _http.PostAsync(new Uri(path, UriKind.Relative), content);

    public Task<HttpResponseMessage> PostAsync(string path, string json) => PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));

    public async Task<T> ReadAsync<T>(string path) =>
        await _http.GetFromJsonAsync<T>(new Uri(path, UriKind.Relative)) ?? throw new JsonException($"{path} gave null.");

    /// <summary>Everything that the books tell.</summary>
    public async Task<Books> BooksAsync() => new(
        await AllAsync<Story>("/api/inbox"), await AllAsync<Reply>("/api/replies"), await ReadAsync<List<Ticket>>("/api/tickets"),
        await ReadAsync<List<LedgerLine>>("/api/ledger"));

    /// <summary>Hands a message in; its story once it is at rest.</summary>
    public async Task<Story> AnswerToAsync(JsonObject message)
    {
        using var taken = await PostAsync("/api/messages", message.ToJsonString());
        Assert.Equal(System.Net.HttpStatusCode.Accepted, taken.StatusCode);
        var id = JsonNode.Parse(await taken.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
        return await StoryAsync(id, story => story.Settled);
    }

    /// <summary>A message's story once it is as awaited.</summary>
    public Task<Story> StoryAsync(string id, Func<Story, bool> isAwaited) => Eventually.FindAsync(
        $"message {id} comes to rest", async () => await ReadAsync<Story>($"/api/inbox/{id}") is { } story && isAwaited(story) ? story : null);

    public void Dispose() => _http.Dispose();

    private async Task<List<T>> AllAsync<T>(string path)
    {
        var all = new List<T>();
        while (true)
        {
            var page = await ReadAsync<List<T>>($"{path}?skip={all.Count}&take={PageSize}");
            all.AddRange(page);
            if (page.Count < PageSize) return all;
        }
    }
}
