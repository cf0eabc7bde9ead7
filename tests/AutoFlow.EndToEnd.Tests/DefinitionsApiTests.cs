using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>Definitions published to a running app: by HTTP and by <c>autoflow publish</c>.</summary>
[Collection(SampleInboxApp.Name)]
public sealed class DefinitionsApiTests(SampleInboxApp running)
{
    private const string Secret = "tok-7f3a-very-secret-9c1e";

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Shop__BaseUrl"] = "http://127.0.0.1:9/",
        ["Shop__AccessToken"] = "none",
        ["SeventeenTrack__BaseUrl"] = "http://127.0.0.1:9/",
        ["SeventeenTrack__ApiKey"] = "none",
        ["Secrets__crm__token"] = Secret,
    };

    [Fact]
    public async Task A_definition_is_published_once_and_can_be_read_in_every_version()
    {
        using var data = new DataFolder().WithModelOf(running.Data);
        await using var app = await AppProcess.Start(data, demo: false, settings: Settings).ReadyAsync();
        var (one, two) = (Waits("1.0.0"), Waits("1.1.0"));

        using var dry = await PublishAsync(app.Api, one, "?dryRun=true");
        using var first = await PublishAsync(app.Api, one);
        using var again = await PublishAsync(app.Api, one);
        using var changed = await PublishAsync(app.Api, one + "# changed\n");
        using var wrong = await PublishAsync(app.Api, one.Replace("listen:", "lissten:", StringComparison.Ordinal), "?file=waits.yaml");
        using var second = await PublishAsync(app.Api, two);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created],
            [dry.StatusCode, first.StatusCode, again.StatusCode, changed.StatusCode, wrong.StatusCode, second.StatusCode]);
        Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType?.MediaType);
        var finding = (await JsonAsync(wrong))["errors"]![0]!;
        Assert.Equal(("waits.yaml", 4), (finding["file"]!.GetValue<string>(), finding["line"]!.GetValue<int>()));
        Assert.Contains("listen", finding["hint"]!.GetValue<string>(), StringComparison.Ordinal);

        using var latest = await app.Api.GetAsync("/api/definitions/test/waits/latest");
        using var older = await app.Api.GetAsync("/api/definitions/test/waits/1.0.0");
        using var none = await app.Api.GetAsync("/api/definitions/test/waits/3.0.0");
        Assert.Equal((two, one), (await latest.Content.ReadAsStringAsync(), await older.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        var tag = older.Headers.ETag!.Tag;
        using var byHash = await app.Api.GetAsync($"/api/definitions/by-hash/{tag.Trim('"')}");
        Assert.Equal(one, await byHash.Content.ReadAsStringAsync());

        var listed = (await app.Api.ReadAsync<JsonArray>("/api/definitions")).Where(row => row!["name"]!.GetValue<string>() == "waits").ToList();
        Assert.Equal([("1.1.0", true), ("1.0.0", false)], listed.Select(row => (row!["version"]!.GetValue<string>(), row["newest"]!.GetValue<bool>())));

        using var stranger = new AppApi(new Uri($"http://localhost:{app.Port}"), key: null);
        using var refused = await PublishAsync(stranger, one);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task What_was_published_survives_a_kill_and_its_schedule_goes_on()
    {
        using var data = new DataFolder().WithModelOf(running.Data);
        using var service = new ServiceStub();
        await using (var app = await AppProcess.Start(data, demo: false, settings: Settings).ReadyAsync())
        {
            using var published = await PublishAsync(app.Api, Asks(service.Address));
            Assert.True(published.StatusCode == HttpStatusCode.Created, await published.Content.ReadAsStringAsync());
            await app.KillAsync();
        }

        await using var next = await AppProcess.Start(data, demo: false, settings: Settings).ReadyAsync();
        var answered = await Eventually.FindAsync("the run that an event starts answers", async () =>
        {
            // Nobody listens until the schedule does, and an event that nobody waits for is kept for nobody.
            using var told = await next.Api.PostAsync("/api/events", $$"""{"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"/test","type":"test.crm.asked"}""");
            Assert.Equal(HttpStatusCode.Accepted, told.StatusCode);
            return (await next.Api.ReadAsync<JsonArray>("/api/events?type=test.crm.answered")).FirstOrDefault();
        });

        Assert.Equal("1001", answered["event"]!["data"]!["content"]!["order"]!.GetValue<string>());
        await next.KillAsync();
        AssertNoSecret(service, data, next, answered);
    }

    [Fact]
    public async Task A_definition_with_an_intent_gets_the_next_message()
    {
        using var data = new DataFolder().WithModelOf(running.Data);
        await using var app = await AppProcess.Start(data, demo: false, settings: Settings).ReadyAsync();
        var hands = await File.ReadAllTextAsync(Path.Combine(Places.Workflows, "where-is-my-order.yaml"));
        var identity = hands[..hands.IndexOf("\ndo:", StringComparison.Ordinal)];
        var simple = identity.Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal).Replace("version: '1.0.0'", "version: '1.1.0'", StringComparison.Ordinal) + """

            do:
              - tell:
                  emit: { event: { with: { type: test.simple.ran, source: /test, data: { by: '${ $workflow.definition.document.version }' } } } }

            """;

        using var published = await PublishAsync(app.Api, simple);
        Assert.True(published.StatusCode == HttpStatusCode.Created, await published.Content.ReadAsStringAsync());
        using var taken = await app.Api.PostAsync("/api/messages", Messages.Mail("ida@example.org", "Order 1001", "Where is my order 1001? It has not arrived.").ToJsonString());

        var ran = await Eventually.FindAsync(
            "the new version runs", async () => (await app.Api.ReadAsync<JsonArray>("/api/events?type=test.simple.ran")).FirstOrDefault());
        Assert.Equal("1.1.0", ran["event"]!["data"]!["by"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_command_publishes_a_folder_or_says_in_a_line_why_not()
    {
        using var data = new DataFolder().WithModelOf(running.Data);
        using var folder = new DataFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "waits.yaml"), Waits("1.0.0"));
        await using var app = await AppProcess.Start(data, demo: false, settings: Settings).ReadyAsync();
        var to = $"http://localhost:{app.Port}";

        var first = await CliAsync("publish", folder.Path, "--to", to, "--key", app.Api.Key!);
        var again = await CliAsync("publish", folder.Path, "--to", to, "--key", app.Api.Key!);
        var stranger = await CliAsync("publish", folder.Path, "--to", to, "--key", "wrong");
        await app.KillAsync();
        var gone = await CliAsync("publish", folder.Path, "--to", to, "--key", app.Api.Key!);

        Assert.StartsWith("published   test/waits:1.0.0  ", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("unchanged   test/waits:1.0.0  ", again.Output, StringComparison.Ordinal);
        Assert.Contains("does not accept the key (401)", stranger.Errors, StringComparison.Ordinal);
        Assert.Contains($"cannot reach {to}/", gone.Errors, StringComparison.Ordinal);
        Assert.Equal([0, 0, 1, 1], [first.Code, again.Code, stranger.Code, gone.Code]);
    }

    private static void AssertNoSecret(ServiceStub service, DataFolder data, AppProcess app, JsonNode answered)
    {
        Assert.Contains($"Bearer {Secret}", service.Authorizations);
        Assert.DoesNotContain(Secret, answered.ToJsonString() + app.Output + app.Errors, StringComparison.Ordinal);
        var files = Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(files, file => Path.GetFileName(file) == "host.db");
        Assert.DoesNotContain(files, file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0);
    }

    private static string Waits(string version) => $$"""
        document: { dsl: '1.0.3', namespace: test, name: waits, version: '{{version}}' }
        do:
          - wait:
              listen: { to: { one: { with: { type: test.never } } } }

        """;

    private static string Asks(Uri service) => $$$"""
        document: { dsl: '1.0.3', namespace: test, name: asks-crm, version: '1.0.0' }
        use:
          secrets: [ crm ]
        schedule:
          on: { one: { with: { type: test.crm.asked } } }
        do:
          - ask:
              call: http
              with:
                method: get
                endpoint:
                  uri: '{{{service}}}orders/1001'
                  authentication: { bearer: { token: '${ $secrets.crm.token }' } }
                output: response
          - tell:
              emit: { event: { with: { type: test.crm.answered, source: /test, data: '${ . }' } } }

        """;

    private static async Task<(int Code, string Output, string Errors)> CliAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Places.Cli, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static Task<HttpResponseMessage> PublishAsync(AppApi api, string text, string query = "")
    {
        var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        return api.PostAsync($"/api/definitions{query}", content);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
