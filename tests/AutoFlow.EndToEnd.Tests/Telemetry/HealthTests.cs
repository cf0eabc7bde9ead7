using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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

        var ready = await running.Api.ReadAsync<JsonElement>("/api/ready");

        Assert.Equal("ok", ready.GetProperty("state").GetString());
        var states = ready.GetProperty("dependencies").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        Assert.Equal(
            ["storage ok", "database ok", "model ok", "azure-openai off", "carriers ok", "shop ok", "mail off"],
            states.Values.Select(one => $"{one.GetProperty("name")} {one.GetProperty("state")}"));
        Assert.True(states["shop"].GetProperty("age").GetDouble() >= 0);
        Assert.StartsWith("version ", states["model"].GetProperty("reason").GetString(), StringComparison.Ordinal);
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
