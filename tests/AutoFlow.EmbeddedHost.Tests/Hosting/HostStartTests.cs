using System.Net;
using System.Net.Sockets;
using AutoFlow.EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AutoFlow.EmbeddedHost.Tests.Hosting;

public sealed class HostStartTests
{
    public sealed class Everything
    {
        [Function("Page")]
        public static string Page([HttpTrigger(AuthorizationLevel.Anonymous, Route = "pages/{id?}")] HttpRequest request) => request.Path;

        [Function("Inbox")]
        public static string Inbox([HttpTrigger(AuthorizationLevel.Function, "get", "post")] HttpRequest request) => request.Path;

        [Function("Take")]
        public static void Take([QueueTrigger("inbox")] string text) => _ = text;

        [Function("Sweep")]
        public static void Sweep([TimerTrigger("0 0 3 * * *")] TimerInfo timer) => _ = timer;

        [Function("RunWorkflow")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult(context);

        [Function("Step")]
        public static string Step([ActivityTrigger] string input) => input;
    }

    public sealed class Stamp : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            context.GetHttpContext()!.Response.Headers["x-order"] = $"{context.GetHttpContext()!.Response.Headers["x-order"]}inner";
            await next(context);
        }
    }

    [Fact]
    public async Task The_functions_are_listed_at_start_with_their_addresses_and_the_key()
    {
        await using var host = await TestHost.StartAsync(typeof(Everything));
        var address = host.Client.BaseAddress!.ToString().TrimEnd('/');
        var keys = await FunctionKeys.LoadAsync(host.Services.GetRequiredService<AutoFlow.EmbeddedHost.Store.HostDatabase>(), CancellationToken.None);

        Assert.Equal(
            $"""

            Functions:

              Inbox: [GET,POST] {address}/api/Inbox (function key)
              Page: {address}/api/pages/{"{id?}"}
              RunWorkflow: orchestrationTrigger
              Step: activityTrigger
              Sweep: timerTrigger (0 0 3 * * *)
              Take: queueTrigger (inbox)

            Function key (header x-functions-key, or ?code=): {keys.Default}

            """.ReplaceLineEndings("\n"),
            host.Output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Middleware_runs_in_the_order_in_which_it_was_added()
    {
        var setup = new TestHostSetup
        {
            Configure = static builder =>
            {
                builder.UseMiddleware(static async (context, next) =>
                {
                    context.GetHttpContext()!.Response.Headers["x-order"] = "outer ";
                    await next();
                });
                builder.UseMiddleware<Stamp>();
            },
        };
        await using var host = await TestHost.StartAsync(setup, typeof(Everything));

        var response = await host.Client.GetAsync("api/pages");

        Assert.Equal("outer inner", Assert.Single(response.Headers.GetValues("x-order")));
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_line_and_exit_code_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var builder = FunctionsApplication.CreateBuilder(["--urls", $"http://127.0.0.1:{port}"]).ConfigureFunctionsWebApplication();
        var error = new StringWriter();
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.FunctionTypes = [typeof(Everything)];
            options.DatabasePath = ":memory:";
            options.Error = error;
        });

        try
        {
            await builder.Build().RunAsync().WaitAsync(TestHost.Patience);
            Assert.Equal(1, Environment.ExitCode);
        }
        finally
        {
            Environment.ExitCode = 0;
        }

        var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"127.0.0.1:{port}", line, StringComparison.Ordinal);
        Assert.Contains("--port", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("data-");
        var setup = new TestHostSetup { Database = Path.Combine(folder.FullName, "host.db") };
        await using (await TestHost.StartAsync(setup, typeof(Everything)))
        {
            var reason = Assert.Single(await TestHost.RefusalAsync(setup, typeof(Everything)));
            Assert.Contains("in use", reason, StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_app_s_own_services_start_before_any_function_and_stop_after_the_last()
    {
        var order = new List<string>();
        var setup = new TestHostSetup { Configure = builder => builder.Services.AddHostedService(_ => new Warmup(order)) };
        await using (var host = await TestHost.StartAsync(setup, typeof(Everything)))
        {
            order.Add((await host.Client.GetAsync("api/pages")).StatusCode.ToString());
            await host.StopAsync();
        }

        Assert.Equal(["started", "OK", "stopped"], order);
    }

    [Fact]
    public async Task Data_lies_in_the_configured_folder_which_only_its_owner_reads()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"data-{Guid.NewGuid():N}");
        var setup = new TestHostSetup
        {
            Args = ["--AUTOFLOW_DATA", folder],
            Configure = static builder => builder.Services.PostConfigure<EmbeddedHostOptions>(static options => options.DatabasePath = null),
        };
        await using (await TestHost.StartAsync(setup, typeof(Everything)))
        {
            Assert.True(File.Exists(Path.Combine(folder, "host.db")));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        Directory.Delete(folder, recursive: true);
    }

    private sealed class Warmup(List<string> order) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            order.Add("started");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            order.Add("stopped");
            return Task.CompletedTask;
        }
    }
}
