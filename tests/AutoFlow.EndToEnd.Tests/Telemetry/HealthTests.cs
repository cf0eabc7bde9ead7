using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests.Telemetry;

[Collection(SampleInboxApp.Name)]
public sealed class HealthTests(SampleInboxApp running)
{
    [Fact]
    public async Task Anybody_may_ask_whether_the_process_lives()
    {
        using var anybody = new AppApi(new Uri($"http://localhost:{running.App.Port}"), key: null);
        using var answer = await anybody.GetAsync("/api/health");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["status", "version"], health.EnumerateObject().Select(one => one.Name));
        Assert.Equal("ok", health.GetProperty("status").GetString());
    }

    [Fact]
    public async Task With_the_key_it_tells_how_each_thing_is_that_it_needs()
    {
        using var anybody = new AppApi(new Uri($"http://localhost:{running.App.Port}"), key: null);
        using var refused = await anybody.GetAsync("/api/ready");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        // A look has two seconds, which a busy machine may not give it; the next one is another.
        var ready = await Eventually.FindAsync("everything that it needs is well", async () =>
        {
            using var answer = await running.Api.GetAsync("/api/ready");
            var told = await answer.Content.ReadFromJsonAsync<JsonObject>();
            return told!["state"]!.GetValue<string>() == "ok" ? told : null;
        });

        var states = ready["dependencies"]!.AsArray().ToDictionary(one => one!["name"]!.GetValue<string>(), one => one!);
        Assert.Equal(
            ["storage ok", "database ok", "model ok", "azure-openai off", "carriers ok", "shop ok", "mail off"],
            states.Values.Select(one => $"{one["name"]} {one["state"]}"));
        Assert.True(states["shop"]["age"]!.GetValue<double>() >= 0);
        Assert.StartsWith("version ", states["model"]["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_leads_to_both()
    {
        using var answer = await running.Api.GetAsync("/");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("href=\"/api/health\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/api/ready\"", page, StringComparison.Ordinal);
    }
}
