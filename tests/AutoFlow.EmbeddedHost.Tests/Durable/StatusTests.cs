using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Custom status, queries and purge.</summary>
public sealed class StatusTests
{
    private static async Task<DurableHost> WithInstancesAsync()
    {
        var host = await new DurableHost()
            .Orchestrator("Done", context => Task.FromResult<object?>(context.GetInput<int>()))
            .Orchestrator("Fail", _ => throw new TimeoutException("no"))
            .Orchestrator("Listen", async context => await context.WaitForExternalEvent<int>("n"))
            .StartAsync();
        for (var number = 0; number < 5; number++)
        {
            await host.RunAsync("Done", number, $"done-{number}");
            await host.AdvanceAsync(TimeSpan.FromHours(1));
        }

        await host.RunAsync("Fail", id: "fail-0");
        await host.RunAsync("Listen", id: "listen-0");
        return host;
    }

    [Fact]
    public async Task The_custom_status_is_the_last_one_set()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Status", async context =>
            {
                context.SetCustomStatus(new { step = 1 });
                await context.WaitForExternalEvent<object>("go");
                context.SetCustomStatus(new { step = 2 });
                await context.WaitForExternalEvent<object>("go");
                context.SetCustomStatus(null);
                return null;
            })
            .StartAsync();
        var id = await host.RunAsync("Status");
        Assert.Equal("""{"step":1}""", (await host.GetAsync(id)).SerializedCustomStatus);
        await host.RaiseAsync(id, "go");
        Assert.Equal("""{"step":2}""", (await host.GetAsync(id)).SerializedCustomStatus);
        await host.RaiseAsync(id, "go");
        Assert.Null((await host.GetAsync(id)).SerializedCustomStatus);
    }

    [Theory]
    [InlineData(8190, OrchestrationRuntimeStatus.Completed)]
    [InlineData(8191, OrchestrationRuntimeStatus.Failed)]
    public async Task A_custom_status_over_16_KB_of_UTF16_is_refused(int letters, OrchestrationRuntimeStatus expected)
    {
        await using var host = await new DurableHost()
            .Orchestrator("Status", context =>
            {
                context.SetCustomStatus(new string('x', letters)); // two more for the quotes
                return Task.FromResult<object?>(null);
            })
            .StartAsync();
        var instance = await host.GetAsync(await host.RunAsync("Status"));
        Assert.Equal(expected, instance.RuntimeStatus);
        Assert.Equal(expected == OrchestrationRuntimeStatus.Failed, instance.FailureDetails?.IsCausedBy<ArgumentException>() ?? false);
    }

    [Fact]
    public async Task A_query_goes_page_by_page_in_the_order_of_creation()
    {
        await using var host = await WithInstancesAsync();
        var pages = new List<string>();
        await foreach (var page in host.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 3)).AsPages())
            pages.Add(string.Join(",", page.Values.Select(instance => instance.InstanceId)));
        Assert.Equal(["done-0,done-1,done-2", "done-3,done-4,fail-0", "listen-0"], pages);
    }

    [Fact]
    public async Task A_query_filters_by_status_time_and_prefix()
    {
        await using var host = await WithInstancesAsync();
        async Task<string> Ids(OrchestrationQuery query)
        {
            var ids = new List<string>();
            await foreach (var instance in host.Client.GetAllInstancesAsync(query))
                ids.Add(instance.InstanceId);
            return string.Join(",", ids);
        }

        var begin = host.Time.GetUtcNow().AddHours(-5);
        Assert.Equal("fail-0,listen-0", await Ids(new(Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running])));
        Assert.Equal("", await Ids(new(Statuses: [])));
        Assert.Equal("done-1,done-2", await Ids(new(CreatedFrom: begin.AddHours(1), CreatedTo: begin.AddHours(2))));
        Assert.Equal("listen-0", await Ids(new(InstanceIdPrefix: "listen-")));
        Assert.Equal("", await Ids(new(InstanceIdPrefix: "%")));
    }

    [Fact]
    public async Task Inputs_and_outputs_are_read_only_where_asked_for()
    {
        await using var host = await WithInstancesAsync();
        var plain = await host.Client.GetInstanceAsync("done-3");
        Assert.Null(plain!.SerializedInput);
        Assert.Throws<InvalidOperationException>(() => plain.ReadOutputAs<int>());
        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "done-3", FetchInputsAndOutputs: true)))
            Assert.Equal(3, instance.ReadInputAs<int>());
    }

    [Fact]
    public async Task Purge_deletes_finished_instances_only()
    {
        await using var host = await WithInstancesAsync();
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync("done-0")).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("done-0")).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("listen-0")).PurgedInstanceCount);
        Assert.Null(await host.Client.GetInstanceAsync("done-0"));
        var begin = host.Time.GetUtcNow().AddHours(-5);
        var some = await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(begin, begin.AddHours(2), [OrchestrationRuntimeStatus.Completed]));
        Assert.Equal(2, some.PurgedInstanceCount);
        Assert.Equal(3, (await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
        await host.RaiseAsync("listen-0", "n", 1);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync("listen-0")).RuntimeStatus);
    }

    [Fact]
    public async Task Purge_takes_children_along_where_asked()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<int>("Child"))
            .Orchestrator("Child", async context => await context.CallActivityAsync<int>("One"))
            .Activity("One", _ => 1)
            .StartAsync();
        var first = await host.RunAsync("Parent");
        var second = await host.RunAsync("Parent");
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync(first)).PurgedInstanceCount);
        Assert.Equal(2, (await host.Client.PurgeInstanceAsync(second, new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
        Assert.Equal(1, await host.Client.GetAllInstancesAsync().CountAsync());
    }
}
