using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.CrashHost.Repertoire;

/// <summary>
/// Whoever uses the flows: starts them and does what their custom statuses ask for ("raise a b", "suspend", "terminate"). It remembers nothing:
/// each step goes by what can be read, so that it can be cut off anywhere and begun again.
/// </summary>
/// <param name="client">The engine's.</param>
/// <param name="flows">The flows.</param>
/// <param name="time">The engine's clock.</param>
public sealed class Outside(DurableTaskClient client, Flows flows, TimeProvider time)
{
    private const string Again = "2";

    private OrchestrationQuery All => new(InstanceIdPrefix: flows.Prefix, FetchInputsAndOutputs: true);

    /// <summary>Does all that is to be done now; true when everything has come to its end.</summary>
    public async Task<bool> StepAsync()
    {
        var done = true;
        foreach (var (id, flow) in flows.Starts)
            done &= await StartAsync(id, flow).ConfigureAwait(false);
        await foreach (var instance in client.GetAllInstancesAsync(All).ConfigureAwait(false))
        {
            if (instance.IsCompleted)
                continue;
            done = false;
            await ServeAsync(instance).ConfigureAwait(false);
        }

        return done;
    }

    /// <summary>What all has come to, a line for each instance in the order of the ids, without anything that depends on time.</summary>
    public async Task<IReadOnlyList<string>> OutcomeAsync()
    {
        var lines = new List<string>();
        await foreach (var each in client.GetAllInstancesAsync(All).ConfigureAwait(false))
        {
            lines.Add($"{each.InstanceId[flows.Prefix.Length..]}: {each.Name} {each.RuntimeStatus} output {each.SerializedOutput ?? "none"} "
                + $"custom {each.SerializedCustomStatus ?? "none"} failure {each.FailureDetails?.InnerFailure?.ErrorType ?? each.FailureDetails?.ErrorType ?? "none"} "
                + $"tags {(each.Tags.Count == 0 ? "none" : string.Join(',', each.Tags.Select(tag => $"{tag.Key}={tag.Value}")))}");
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>Starts what is not there, and what is to run twice or to be purged; true when nothing is left to do for it.</summary>
    private async Task<bool> StartAsync(string id, string flow)
    {
        var instance = await client.GetInstancesAsync(id, getInputsAndOutputs: true).ConfigureAwait(false);
        switch (flow)
        {
            case "Purged" when instance is null && await client.GetInstanceAsync(id + "-marker").ConfigureAwait(false) is not null:
                return true;
            case "Purged" when instance is { IsCompleted: true }:
                await client.PurgeInstanceAsync(id).ConfigureAwait(false);
                return true;
            case "StartedAgain" when instance is { IsCompleted: true } && instance.ReadInputAs<string>() != Again:
                await ScheduleAsync(flow, Again, new StartOrchestrationOptions(id)).ConfigureAwait(false);
                return false;
        }

        if (instance is not null)
            return true;
        var at = flow == "ScheduledStart" ? time.GetUtcNow() + (3 * flows.Hour) : (DateTimeOffset?)null;
        var tags = flow == "ScheduledStart" ? new Dictionary<string, string> { ["order"] = "1001" } : [];
        var input = flow == "ScheduledStart" ? "later" : flow == "StartedAgain" ? "1" : null;
        await ScheduleAsync(flow, input, new StartOrchestrationOptions(id, at) { Tags = tags }).ConfigureAwait(false);
        return false;
    }

    private async Task ScheduleAsync(string flow, string? input, StartOrchestrationOptions options)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(flow, input, options).ConfigureAwait(false);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Started before the last interruption.
        }
    }

    private async Task ServeAsync(OrchestrationMetadata instance)
    {
        var id = instance.InstanceId;
        if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
        {
            // By then a timer of one hour has fired, and is held.
            if (time.GetUtcNow() - instance.CreatedAt < 4 * flows.Hour)
                return;
            await client.RaiseEventAsync(id, "while", "meanwhile").ConfigureAwait(false);
            await client.ResumeInstanceAsync(id).ConfigureAwait(false);
            return;
        }

        switch (instance.ReadCustomStatusAs<string>()?.Split(' '))
        {
            case ["raise", .. var names]:
                foreach (var name in names)
                    await client.RaiseEventAsync(id, name, name).ConfigureAwait(false);
                break;
            case ["suspend"]:
                await client.SuspendInstanceAsync(id).ConfigureAwait(false);
                break;
            case ["terminate"]:
                await client.TerminateInstanceAsync(id, new TerminateInstanceOptions("stopped", Recursive: true)).ConfigureAwait(false);
                break;
        }
    }
}
