using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Hosting;
using AutoFlow.Functions.Triggers;
using AutoFlow.Tests;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Tests.Instances;

/// <summary>The instances' endpoints on a host in this process, with orchestrations to look at.</summary>
internal sealed class InstancesApp : IAsyncDisposable
{
    private readonly TestHost _host;

    private InstancesApp(TestHost host)
    {
        _host = host;
        Http.DefaultRequestHeaders.Add("x-functions-key", host.Services.GetRequiredService<IConfiguration>()["AutoFlow:FunctionKey"]);
    }

    public VirtualTime Time => (VirtualTime)_host.Services.GetRequiredService<TimeProvider>();

    public HttpClient Http => _host.Client;

    public IReadOnlyCollection<string> Log => _host.Log.Lines;

    /// <summary>Whether the activity "Order" fails now.</summary>
    public ShopDoor Door => _host.Services.GetRequiredService<ShopDoor>();

    public DurableTaskClient Client => Engine.Client;

    private DurableEngine Engine => _host.Services.GetRequiredService<DurableEngine>();

    public static async Task<InstancesApp> StartAsync() => new(await TestHost.StartAsync(
        new TestHostSetup
        {
            Time = new VirtualTime(),
            Configure = builder =>
            {
                builder.Services.AddSingleton<ShopDoor>();
                // All of it, so that a test can tell what never is in it.
                builder.Logging.AddFilter((_, _, _) => true);
            },
        },
        typeof(ShowInstances),
        typeof(ControlInstances),
        typeof(PurgeInstances),
        typeof(InstanceFlows)));

    public async Task StartFlowAsync(string orchestrator, string id, object? input = null)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id));
        await IdleAsync();
    }

    /// <summary>From now on no turn can be stored, which is nothing that passes.</summary>
    public Task RefuseTurnsAsync() => _host.Services.GetRequiredService<HostDatabase>().WriteAsync(database => database.Execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON history BEGIN SELECT RAISE(ABORT, 'private words'); END"));

    /// <summary>The durable engine stops; the server does not yet.</summary>
    public Task StopEngineAsync() => Engine.StopAsync(CancellationToken.None);

    /// <summary>Makes a turn of a history unreadable.</summary>
    public Task DamageTurnAsync(string id, int number) => _host.Services.GetRequiredService<HostDatabase>().WriteAsync(database => database.Execute(
        "UPDATE history SET received = 'no JSON' WHERE number = $number AND instance = (SELECT key FROM instance WHERE id = $id)", ("$number", number), ("$id", id)));

    public Task IdleAsync() => Engine.WhenIdleAsync();

    public async Task AdvanceAsync(TimeSpan by)
    {
        var until = Time.GetUtcNow() + by;
        await IdleAsync();
        while (Time.Step(until)) await IdleAsync();
    }

    public async Task<JsonObject> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonObject>(path))!;

    /// <summary>Status, and of a problem its detail.</summary>
    public async Task<(int Status, string? Detail)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        await IdleAsync();
        if (!answer.IsSuccessStatusCode) Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? text : JsonNode.Parse(text)!["detail"]?.GetValue<string>());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
