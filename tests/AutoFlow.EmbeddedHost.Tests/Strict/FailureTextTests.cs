using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class FailureTextTests
{
    [Fact]
    public async Task A_failed_instance_has_its_failure_only_as_text_in_its_output()
    {
        await using var host = await Faults.Engine(Faults.None)
            .Orchestrator("Fail", _ => throw new InvalidOperationException("The carrier is down."))
            .StartAsync();

        var instance = await host.GetAsync(await host.RunAsync("Fail"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.Null(instance.FailureDetails);
        Assert.Contains("The carrier is down.", instance.SerializedOutput, StringComparison.Ordinal);
        var listed = new List<OrchestrationMetadata>();
        await foreach (var one in host.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)))
            listed.Add(one);
        Assert.Null(Assert.Single(listed).FailureDetails);
    }

    [Fact]
    public async Task The_type_of_an_activitys_exception_does_not_cross()
    {
        var seen = await SeenAsync(context => context.CallActivityAsync("Fail"));

        Assert.Equal("(unknown)", seen.ErrorType);
        Assert.False(seen.IsCausedBy<Exception>());
        Assert.Contains("System.TimeoutException: 20 s are over.", seen.ErrorMessage, StringComparison.Ordinal);
        Assert.Null(seen.InnerFailure);
    }

    [Fact]
    public async Task The_type_of_a_childs_exception_does_not_cross() =>
        Assert.Equal("(unknown)", (await SeenAsync(context => context.CallSubOrchestratorAsync("Child"))).ErrorType);

    [Fact]
    public async Task A_custom_status_that_was_never_set_is_the_word_null()
    {
        await using var host = await Faults.Engine(Faults.None)
            .Orchestrator("Plain", _ => Task.FromResult<object?>(1))
            .StartAsync();

        var instance = await host.GetAsync(await host.RunAsync("Plain"));

        Assert.Equal("null", instance.SerializedCustomStatus);
        Assert.Null(instance.ReadCustomStatusAs<object>());
        Assert.Null((await host.Client.GetInstanceAsync(instance.InstanceId))!.SerializedCustomStatus);
    }

    private static async Task<TaskFailureDetails> SeenAsync(Func<TaskOrchestrationContext, Task> call)
    {
        TaskFailureDetails? seen = null;
        await using var host = await Faults.Engine(Faults.None)
            .Orchestrator("Try", async context =>
            {
                try
                {
                    await call(context);
                }
                catch (TaskFailedException failed)
                {
                    seen = failed.FailureDetails;
                }

                return null;
            })
            .Orchestrator("Child", _ => throw new TimeoutException("20 s are over."))
            .Activity("Fail", _ => throw new TimeoutException("20 s are over.", new IOException("inside")))
            .StartAsync();
        await host.RunAsync("Try");
        return Assert.IsType<TaskFailureDetails>(seen);
    }
}
