using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Hosting;
using AutoFlow.EmbeddedHost.Tests.Queues;
using AutoFlow.Tests;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.EmbeddedHost.Tests.Triggers;

[Collection(AzuriteCollection.Name)]
public sealed class QueueFunctionTests(LazyAzurite azurite)
{
    public sealed record Parcel(string Number, int Weight);

    public sealed class Texts(Probe probe)
    {
        [Function("TakeText")]
        public void Take([QueueTrigger("texts")] string text, FunctionContext context) =>
            probe.Tell($"{text} {context.BindingContext.BindingData["DequeueCount"]}");
    }

    public sealed class Kinds(Probe probe)
    {
        [Function("TakeData")]
        public void Data([QueueTrigger("data")] BinaryData data) => probe.Tell($"data {data}");

        [Function("TakeBytes")]
        public void Bytes([QueueTrigger("bytes")] byte[] bytes) => probe.Tell($"bytes {bytes.Length}");

        [Function("TakeMessage")]
        public async Task Message([QueueTrigger("message")] QueueMessage message, CancellationToken ct)
        {
            await Task.Yield();
            probe.Tell($"message {message.Body} {message.DequeueCount} {ct.CanBeCanceled}");
        }

        [Function("TakeParcel")]
        public void Parcel([QueueTrigger("%ParcelQueue%")] Parcel parcel) => probe.Tell($"parcel {parcel.Number} {parcel.Weight}");
    }

    public sealed class Failing(Probe probe)
    {
        [Function("Fail")]
        public void Take([QueueTrigger("fail")] string text, FunctionContext context)
        {
            probe.Tell($"try {context.BindingContext.BindingData["DequeueCount"]}");
            throw new InvalidOperationException(text);
        }
    }

    public sealed class Held(Probe probe)
    {
        [Function("Hold")]
        public async Task Take([QueueTrigger("hold")] string text)
        {
            probe.Tell($"began {text}");
            await probe.Release.Task;
            probe.Tell($"ended {text}");
        }
    }

    public sealed class Senders
    {
        [Function("One")]
        [QueueOutput("texts")]
        public static string? One([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => (string?)request.Query["text"];

        [Function("Many")]
        [QueueOutput("texts")]
        public static Task<Parcel[]> Many([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            Task.FromResult<Parcel[]>([new("A", 1), new("B", 2)]);

        [Function("Both")]
        public static Answer Both([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new(Microsoft.AspNetCore.Http.Results.Text("accepted", statusCode: 202), "sent");
    }

    public sealed class Answer(IResult http, string? message)
    {
        [HttpResult]
        public IResult Http { get; } = http;

        [QueueOutput("texts")]
        public string? Message { get; } = message;
    }

    [Fact]
    public Task A_message_runs_its_function_on_the_embedded_queue() => MessageRunsAsync(new TestHostSetup());

    [AzuriteFact]
    public async Task A_message_runs_its_function_on_Azurite() => await MessageRunsAsync(await OnAzuriteAsync());

    [Fact]
    public Task A_message_that_fails_is_tried_five_times_and_goes_to_the_poison_queue_embedded() => PoisonAsync(new TestHostSetup());

    [AzuriteFact]
    public async Task A_message_that_fails_is_tried_five_times_and_goes_to_the_poison_queue_on_Azurite() => await PoisonAsync(await OnAzuriteAsync());

    [Fact]
    public Task Json_that_does_not_bind_goes_to_the_poison_queue_with_its_reason_in_the_log_embedded() => UnbindableAsync(new TestHostSetup());

    [AzuriteFact]
    public async Task Json_that_does_not_bind_goes_to_the_poison_queue_with_its_reason_in_the_log_on_Azurite() => await UnbindableAsync(await OnAzuriteAsync());

    [Fact]
    public Task Text_that_is_not_base64_goes_to_the_poison_queue_as_it_is_embedded() => UndecodableAsync(new TestHostSetup());

    [AzuriteFact]
    public async Task Text_that_is_not_base64_goes_to_the_poison_queue_as_it_is_on_Azurite() => await UndecodableAsync(await OnAzuriteAsync());

    [Fact]
    public async Task Every_kind_of_parameter_is_bound()
    {
        var probe = new Probe();
        var setup = With(new TestHostSetup { Args = ["--ParcelQueue", "parcels"] }, probe);
        await using var host = await TestHost.StartAsync(setup, typeof(Kinds));

        foreach (var (queue, text, expected) in new[]
        {
            ("data", "x", "data x"),
            ("bytes", "xyz", "bytes 3"),
            ("message", "m", "message m 1 True"),
            ("parcels", """{ "number": "P1", "weight": 7 }""", "parcel P1 7"),
        })
        {
            await QueueAsync(host, queue).SendMessageAsync(text);
            Assert.Equal(expected, await probe.NextAsync());
        }
    }

    [Fact]
    public async Task A_listener_outlives_a_store_that_fails_for_a_while()
    {
        var probe = new Probe();
        await using var host = await TestHost.StartAsync(With(new TestHostSetup(), probe), typeof(Texts));
        var database = host.Services.GetRequiredService<HostDatabase>();

        await database.WriteAsync(connection => connection.Execute("ALTER TABLE queue_message RENAME TO away"));
        host.Services.GetRequiredService<QueueSignals>().Changed("texts");
        await Eventually(() => Task.FromResult(host.Log.Lines.Any(line => line.Contains("could not be read", StringComparison.Ordinal))));
        await database.WriteAsync(connection => connection.Execute("ALTER TABLE away RENAME TO queue_message"));
        await QueueAsync(host, "texts").SendMessageAsync("after");

        Assert.Equal("after 1", await probe.NextAsync());
    }

    [Fact]
    public async Task What_a_function_returns_is_sent()
    {
        var probe = new Probe();
        await using var host = await TestHost.StartAsync(With(new TestHostSetup(), probe), typeof(Senders), typeof(Texts));

        Assert.Equal(204, (int)(await host.Client.GetAsync("api/one?text=hello")).StatusCode);
        Assert.Equal("hello 1", await probe.NextAsync());
        Assert.Equal(204, (int)(await host.Client.GetAsync("api/one")).StatusCode);
        await host.Client.GetAsync("api/many");
        var many = new[] { await probe.NextAsync(), await probe.NextAsync() };
        Assert.Equal(["""{"number":"A","weight":1} 1""", """{"number":"B","weight":2} 1"""], many.Order());
        var both = await host.Client.GetAsync("api/both");
        Assert.Equal((202, "accepted"), ((int)both.StatusCode, await both.Content.ReadAsStringAsync()));
        Assert.Equal("sent 1", await probe.NextAsync());
        Assert.True(probe.IsSilent);
    }

    [Fact]
    public async Task Tries_wait_for_the_visibility_timeout_and_hidden_messages_for_theirs()
    {
        var probe = new Probe();
        var time = new VirtualTime();
        var setup = With(
            new TestHostSetup
            {
                Time = time,
                HostJson = """{ "version": "2.0", "extensions": { "queues": { "visibilityTimeout": "00:05:00", "maxDequeueCount": 2 } } }""",
            },
            probe);
        await using var host = await TestHost.StartAsync(setup, typeof(Failing));

        await QueueAsync(host, "fail").SendMessageAsync("x", visibilityTimeout: TimeSpan.FromHours(1));
        await IdleUntil(host, time, "fail", TimeSpan.FromHours(1));
        Assert.True(probe.IsSilent);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("try 1", await probe.NextAsync());
        await IdleUntil(host, time, "fail", TimeSpan.FromMinutes(5));
        Assert.True(probe.IsSilent);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("try 2", await probe.NextAsync());
        await Eventually(async () => (await QueueAsync(host, "fail-poison").ExistsAsync()).Value);
    }

    [Fact]
    public async Task A_stop_takes_nothing_new_and_waits_for_what_runs()
    {
        var probe = new Probe();
        var time = new VirtualTime();
        var folder = Directory.CreateTempSubdirectory("stop-");
        var setup = With(new TestHostSetup { Time = time, Database = Path.Combine(folder.FullName, "host.db") }, probe);
        await using (var host = await TestHost.StartAsync(setup, typeof(Held)))
        {
            await QueueAsync(host, "hold").SendMessageAsync("x");
            Assert.Equal("began x", await probe.NextAsync());
            var lease = TimeSpan.FromMinutes(10);
            await IdleUntil(host, time, "hold", lease);
            var stopping = host.StopAsync();
            await Eventually(() => Task.FromResult(!time.HasTimerAt(time.GetUtcNow() + lease)));
            await QueueAsync(host, "hold").SendMessageAsync("y");
            Assert.False(stopping.IsCompleted);
            probe.Release.SetResult();
            Assert.Equal("ended x", await probe.NextAsync());
            await stopping.WaitAsync(TestHost.Patience);
            Assert.True(probe.IsSilent);
        }

        await using (await TestHost.StartAsync(setup, typeof(Held)))
            Assert.Equal("began y", await probe.NextAsync());
        folder.Delete(recursive: true);
    }

    private static async Task MessageRunsAsync(TestHostSetup setup)
    {
        var probe = new Probe();
        await using var host = await TestHost.StartAsync(With(setup, probe), typeof(Texts));
        var queue = QueueAsync(host, "texts");

        await queue.SendMessageAsync("Grüße");

        Assert.Equal("Grüße 1", await probe.NextAsync());
        await Eventually(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
    }

    private static async Task PoisonAsync(TestHostSetup setup)
    {
        var probe = new Probe();
        await using var host = await TestHost.StartAsync(With(setup, probe), typeof(Failing));

        await QueueAsync(host, "fail").SendMessageAsync("private text");

        for (var number = 1; number <= 5; number++)
            Assert.Equal($"try {number}", await probe.NextAsync());
        Assert.Equal("private text", await PoisonedAsync(host, "fail"));
        Assert.True(probe.IsSilent);
        Assert.Contains(host.Log.Lines, line => line.Contains("Fail failed 5 times, last with: InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("private text", StringComparison.Ordinal));
    }

    private static async Task UnbindableAsync(TestHostSetup setup)
    {
        var probe = new Probe();
        await using var host = await TestHost.StartAsync(
            With(setup with { Args = [.. setup.Args, "--ParcelQueue", "parcels"] }, probe), typeof(Kinds));

        await QueueAsync(host, "parcels").SendMessageAsync("""{ "number": "P1", "weight": "heavy" }""");

        Assert.Contains("heavy", await PoisonedAsync(host, "parcels"), StringComparison.Ordinal);
        var reason = Assert.Single(host.Log.Lines, line => line.Contains("'parcels-poison'", StringComparison.Ordinal));
        Assert.Contains("'parcel' cannot be read as Parcel", reason, StringComparison.Ordinal);
        Assert.Contains("$.weight", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("heavy", StringComparison.Ordinal));
        Assert.True(probe.IsSilent);
    }

    private static async Task UndecodableAsync(TestHostSetup setup)
    {
        var probe = new Probe();
        await using var host = await TestHost.StartAsync(With(setup, probe), typeof(Texts));
        var connections = host.Services.GetRequiredService<QueueConnections>();
        var raw = connections.Service(null, QueueMessageEncoding.None);

        await raw.GetQueueClient("texts").SendMessageAsync("not base64!");

        var poison = raw.GetQueueClient("texts-poison");
        await Eventually(async () => (await poison.ExistsAsync()).Value && (await poison.PeekMessagesAsync(1)).Value.Length == 1);
        Assert.Equal("not base64!", (await poison.PeekMessagesAsync(1)).Value[0].Body.ToString());
        Assert.True(probe.IsSilent);
    }

    private static async Task<string> PoisonedAsync(TestHost host, string queue)
    {
        var poison = QueueAsync(host, queue + "-poison");
        await Eventually(async () => (await poison.ExistsAsync()).Value && (await poison.PeekMessagesAsync(1)).Value.Length == 1);
        await Eventually(async () => (await QueueAsync(host, queue).GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
        return (await poison.PeekMessagesAsync(1)).Value[0].Body.ToString();
    }

    /// <summary>Waits for something that another thread brings about, with a guard against hanging.</summary>
    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (!await holds())
        {
            // Between two looks the other thread, or Azurite, gets its turn; nothing depends on how long this takes.
            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>
    /// Waits until the queue's only message is hidden for so long and the listener sleeps until then: a clock that is moved before
    /// would pass by what the host still has to do now.
    /// </summary>
    private static Task IdleUntil(TestHost host, VirtualTime time, string queue, TimeSpan left)
    {
        var due = time.GetUtcNow() + left;
        var store = host.Services.GetRequiredService<EmbeddedQueueStore>();
        return Eventually(() => Task.FromResult(store.NextVisibleAt(queue) == due && time.HasTimerAt(due)));
    }

    private static QueueClient QueueAsync(TestHost host, string queue) =>
        host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient(queue);

    private static TestHostSetup With(TestHostSetup setup, Probe probe) =>
        setup with { Configure = builder => builder.Services.AddSingleton(probe) };

    private async Task<TestHostSetup> OnAzuriteAsync()
    {
        var connectionString = await azurite.ConnectionStringAsync();
        var service = new QueueServiceClient(connectionString);
        await foreach (var queue in service.GetQueuesAsync())
            await service.DeleteQueueAsync(queue.Name);
        return new TestHostSetup { Args = ["--environment", "Development", "--AzureWebJobsStorage", connectionString] };
    }
}
