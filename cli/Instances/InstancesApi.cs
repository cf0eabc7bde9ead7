using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using AutoFlow.Cli.Replay;

namespace AutoFlow.Cli.Instances;

/// <summary>Calls the instances' endpoints of an app; what goes wrong is one line.</summary>
internal sealed class InstancesApi(Surroundings surroundings, Func<HttpClient> http, string url, string? key)
{
    private const int LargestPage = 5_000;
    private const int MostReadings = 3;

    /// <summary>Asks for something; null (and a complaint) when it cannot be had.</summary>
    public Task<JsonElement?> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    /// <summary>
    /// The whole history of an instance, page by page, as <c>{"id", "events"}</c>; null (and a complaint) when it cannot be had. It is read from its
    /// beginning once more where it is another one on a later page: the instance has started over, or was rewound.
    /// </summary>
    public async Task<JsonElement?> HistoryAsync(string id, CancellationToken cancellation)
    {
        if (PathOf(id) is not { } one) return null;
        var path = $"{one}/history?take={LargestPage}";
        for (var reading = 1; reading <= MostReadings; reading++)
        {
            var events = new List<JsonElement>();
            string? run = null;
            for (var next = ""; ;)
            {
                if (await GetAsync(path + next, cancellation) is not { } page) return null;
                if (run is not null && run != page.Said("run")) break;
                run = page.Said("run");
                events.AddRange(((JsonElement?)page).Members("events") ?? []);
                if (page.Part("next") is not { ValueKind: JsonValueKind.Number } number)
                    return JsonSerializer.SerializeToElement(new { id, events }, ExportedInstance.Deep);
                next = $"&skip={number.GetRawText()}";
            }
        }

        return Complain($"{id} has started over or was rewound each of {MostReadings} times while its history was read; suspend it, or ask again later");
    }

    /// <summary>An instance's path; null (and a complaint) for what could only be another address: of all instances, or above them.</summary>
    public string? PathOf(string id)
    {
        if (id.Trim() is not ("" or "." or "..")) return $"instances/{Uri.EscapeDataString(id)}";
        Complain($"'{id}' is no instance's id; 'autoflow instances' lists them");
        return null;
    }

    /// <summary>Asks for something to be done; null (and a complaint) when it is refused.</summary>
    /// <param name="path">As <c>instances/…</c>, below <c>/api/</c>.</param>
    /// <param name="body">Sent as JSON; null for none.</param>
    public async Task<JsonElement?> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var app) || app.Scheme is not ("http" or "https"))
            return Complain($"--url is no address: {url} (as http://localhost:7071)");
        if (string.IsNullOrEmpty(key)) return Complain($"there is no key: give the app's function key with --key, or set {PublishCommand.KeyVariable}");
        try
        {
            using var client = http();
            using var request = new HttpRequestMessage(method, new Uri(app, $"{app.AbsolutePath.TrimEnd('/')}/api/{path}"));
            request.Headers.Add("x-functions-key", key);
            request.Headers.Add("Accept", "application/json");
            if (body is not null) request.Content = JsonContent.Create(body);
            using var answer = await client.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            if (answer.IsSuccessStatusCode && AppAnswer.Parsed(text) is { } json) return json;
            return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? Complain($"{app} does not accept the key ({(int)answer.StatusCode}): give the app's function key with --key, or set {PublishCommand.KeyVariable}")
                : Complain($"{app} answered {(int)answer.StatusCode}: {AppAnswer.Detail(text)}");
        }
        catch (HttpRequestException exception)
        {
            return Complain($"cannot reach {app}: {(exception.InnerException is SocketException socket ? socket.Message : exception.Message)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Complain($"{app} did not answer in time");
        }
    }

    private JsonElement? Complain(string message)
    {
        surroundings.Complain(message);
        return null;
    }
}
