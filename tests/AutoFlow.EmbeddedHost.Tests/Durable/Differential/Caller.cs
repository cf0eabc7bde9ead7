using System.Globalization;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>The operations of a client, and their results in words.</summary>
internal sealed class Caller(DurableHost host)
{
    public async Task<string> AskAsync(Operation operation) => operation switch
    {
        Start start => await StartAsync(start),
        Raise raise => await UnlessUnknown(host.Client.RaiseEventAsync(raise.Id, raise.Name, raise.Payload)),
        Suspend suspend => await UnlessUnknown(host.Client.SuspendInstanceAsync(suspend.Id)),
        Resume resume => await UnlessUnknown(host.Client.ResumeInstanceAsync(resume.Id)),
        Terminate terminate => await UnlessUnknown(host.Client.TerminateInstanceAsync(terminate.Id, new TerminateInstanceOptions("stopped", terminate.Recursive))),
        Purge purge => Number(await host.Client.PurgeInstanceAsync(purge.Id, new PurgeInstanceOptions(purge.Recursive))),
        PurgeAll => Number(await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Completed]))),
        Query query => await host.Client.GetInstanceAsync(query.Id, getInputsAndOutputs: true) is { } instance ? Describe(instance) : "unknown",
        _ => throw new NotSupportedException(operation.ToString()),
    };

    /// <summary>What a client can read of an instance.</summary>
    public static string Describe(OrchestrationMetadata instance)
    {
        var id = instance.InstanceId.Length == 32 ? "child" : instance.InstanceId;
        return $"{id}: {instance.RuntimeStatus} output {instance.ReadOutputAs<string>() ?? "none"} custom {instance.ReadCustomStatusAs<string>() ?? "none"} "
            + $"failure {(instance.FailureDetails is { } failure ? Failures.Root(failure) : "none")}";
    }

    private static string Number(PurgeResult result) => result.PurgedInstanceCount.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> UnlessUnknown(Task told)
    {
        try
        {
            await told;
            return "ok";
        }
        catch (InstanceNotFoundException)
        {
            return "unknown";
        }
    }

    private async Task<string> StartAsync(Start start)
    {
        var at = start.After is { } minutes ? host.Time.GetUtcNow().AddMinutes(minutes) : (DateTimeOffset?)null;
        var options = new StartOrchestrationOptions(start.Id, at);
        if (start.Once)
        {
            options = options.WithDedupeStatuses(
                OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated);
        }

        try
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync(Interpreter.Orchestrator, Interpreter.First(start.Plan), options);
            return "ok";
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return Failures.Exists;
        }
    }
}
