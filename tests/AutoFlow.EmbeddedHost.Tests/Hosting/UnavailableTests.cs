using System.Net;
using System.Text.Json;
using AutoFlow.EmbeddedHost.Store;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AutoFlow.EmbeddedHost.Tests.Hosting;

/// <summary>What callers over HTTP are told while the disk refuses the host's writes.</summary>
public sealed class UnavailableTests
{
    public sealed class Functions(QueueServiceClient queues)
    {
        private const string Id = "listens";

        [Function("Start")]
        public static async Task<IActionResult> Start([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [DurableClient] DurableTaskClient durable) =>
            new AcceptedResult("/", await durable.ScheduleNewOrchestrationInstanceAsync("Listen", null, new StartOrchestrationOptions(Id)));

        [Function("Tell")]
        public static async Task Tell([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [DurableClient] DurableTaskClient durable) => await durable.RaiseEventAsync(Id, "news");

        [Function("Terminate")]
        public static async Task Terminate([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [DurableClient] DurableTaskClient durable) => await durable.TerminateInstanceAsync(Id);

        [Function("Purge")]
        public static async Task Purge([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [DurableClient] DurableTaskClient durable) => await durable.PurgeInstanceAsync("done");

        [Function("Enqueue")]
        public async Task Enqueue([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) => await queues.GetQueueClient("work").SendMessageAsync("key");

        [Function("Queue")]
        public async Task<string> Queue([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) =>
            (await queues.GetQueueClient("work").GetPropertiesAsync()).Value.ApproximateMessagesCount.ToString(System.Globalization.CultureInfo.InvariantCulture);

        [Function("Output")]
        [QueueOutput("work")]
        public static string Output([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) => "key";

        [Function("Wrapped")]
        public static async Task Wrapped([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [DurableClient] DurableTaskClient durable)
        {
            try
            {
                await durable.RaiseEventAsync(Id, "news");
            }
            catch (IOException exception)
            {
                throw new InvalidOperationException("It was not told.", new AggregateException(exception));
            }
        }

        [Function("Closed")]
        public static Task Closed([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) => throw new ObjectDisposedException("database");

        [Function("Look")]
        public static async Task<string> Look([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [DurableClient] DurableTaskClient durable) =>
            (await durable.GetInstanceAsync(Id))!.RuntimeStatus.ToString();

        [Function("Listen")]
        public static Task<string> Listen([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("news");

        [Function("Done")]
        public static Task<string> Done([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult("done");
    }

    [Fact]
    public async Task A_request_that_has_to_write_is_answered_503_with_a_time_and_one_line_and_works_when_the_fault_has_ended()
    {
        await using var disk = new Disk();
        await using var host = await TestHost.StartAsync(new TestHostSetup { Configure = builder => builder.Services.AddSingleton(_ => disk.Database) }, typeof(Functions));
        await host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient("work").CreateAsync();
        var client = host.Services.GetRequiredService<EmbeddedHost.Durable.DurableEngine>().Client;
        await client.ScheduleNewOrchestrationInstanceAsync("Listen", null, new StartOrchestrationOptions("listens"));
        await client.ScheduleNewOrchestrationInstanceAsync("Done", null, new StartOrchestrationOptions("done"));
        await client.WaitForInstanceCompletionAsync("done");
        await disk.FillAsync();

        foreach (var function in new[] { "Start", "Tell", "Terminate", "Purge", "Enqueue", "Output", "Wrapped", "Queue" })
        {
            using var answer = await host.Client.PostAsync(new Uri($"api/{function}", UriKind.Relative), null);
            Assert.True(HttpStatusCode.ServiceUnavailable == answer.StatusCode, $"{function}: {answer.StatusCode}");
            Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal("The host cannot store anything at present.", problem.RootElement.GetProperty("title").GetString());
            Assert.Equal(
                "Send the request again in 5 seconds; what was taken of it already is known then. The host's log says what is wrong with its disk.",
                problem.RootElement.GetProperty("detail").GetString());
            Assert.Contains(host.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains($"Executed '{function}' (Failed", StringComparison.Ordinal));
        }

        // What needs no write is served.
        Assert.Equal("Running", await PostAsync("Look", HttpStatusCode.OK));
        Assert.Single(host.Log.Lines, line => line.Contains("the disk is full. Free space on it.", StringComparison.Ordinal));
        await disk.FreeAsync();
        foreach (var (function, expected) in new[] { ("Enqueue", HttpStatusCode.NoContent), ("Output", HttpStatusCode.NoContent), ("Tell", HttpStatusCode.NoContent), ("Purge", HttpStatusCode.NoContent) })
            await PostAsync(function, expected);
        Assert.Equal("2", await PostAsync("Queue", HttpStatusCode.OK));
        await client.WaitForInstanceCompletionAsync("listens").WaitAsync(TestHost.Patience);
        Assert.Null(await client.GetInstanceAsync("done"));

        async Task<string> PostAsync(string function, HttpStatusCode expected)
        {
            using var answer = await host.Client.PostAsync(new Uri($"api/{function}", UriKind.Relative), null);
            Assert.True(expected == answer.StatusCode, $"{function}: {answer.StatusCode}");
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task What_is_closed_already_while_the_host_stops_is_answered_503_with_a_time_and_else_is_a_fault()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));
        using var before = await host.Client.PostAsync(new Uri("api/Closed", UriKind.Relative), null);
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var stopping = await host.Client.PostAsync(new Uri("api/Closed", UriKind.Relative), null);

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable), (before.StatusCode, stopping.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(5), stopping.Headers.RetryAfter!.Delta);
        Assert.Contains("The host is stopping.", await stopping.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "api/Look", HttpStatusCode.MethodNotAllowed, "/api/Look takes POST, not GET.")]
    [InlineData("GET", "api/none/of%20it", HttpStatusCode.NotFound, "There is no /api/none/of%20it. A slash within an id is written as %2F.")]
    public async Task What_no_function_takes_is_answered_in_one_line(string method, string path, HttpStatusCode status, string detail)
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.Client.SendAsync(request);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal((status, detail), (answer.StatusCode, problem.RootElement.GetProperty("detail").GetString()));
        Assert.Equal(status == HttpStatusCode.MethodNotAllowed ? ["POST"] : [], answer.Content.Headers.Allow);
    }

    /// <summary>A database whose disk can be full.</summary>
    private sealed class Disk : IAsyncDisposable
    {
        private volatile bool _isFull;
        private Task? _waiting;

        public Disk() => Database = HostDatabase.Open(":memory:", new HostDatabaseOptions { Committing = Refuse });

        public HostDatabase Database { get; }

        /// <summary>From now on nothing can be written.</summary>
        public async Task FillAsync()
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Database.FaultChanged += fault => _ = fault is null || begun.TrySetResult();
            _isFull = true;
            _waiting = Database.WriteAsync(_ => true);
            await begun.Task.WaitAsync(TestHost.Patience);
        }

        /// <summary>Writes are taken again; returns when those that waited were.</summary>
        public async Task FreeAsync()
        {
            _isFull = false;
            await _waiting!.WaitAsync(TestHost.Patience);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        private void Refuse(long commit, int attempt)
        {
            if (_isFull)
                throw new Microsoft.Data.Sqlite.SqliteException("database or disk is full", SQLitePCL.raw.SQLITE_FULL);
        }
    }
}
