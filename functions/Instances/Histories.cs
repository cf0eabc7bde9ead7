using System.Globalization;
using AutoFlow.Functions.Instances.Hosts;
using AutoFlow.Functions.Triggers;
using DurableTask.Core.History;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Instances;

/// <summary>Reads histories of whatever host: event by event where it can, else whole.</summary>
internal static class Histories
{
    /// <summary>A page of an instance's history; null where the instance is unknown.</summary>
    public static async Task<HistoryView?> HistoryAsync(this DurableTaskClient durable, string id, Page page, CancellationToken ct)
    {
        var (can, view) = HostHistories.Read(durable, id, (run, events) => HistoryReader.Read(id, run, events, page));
        if (can) return view;
        IList<HistoryEvent> history;
        try
        {
            history = await durable.GetOrchestrationHistoryAsync(id, ct);
        }
        catch (ArgumentException)
        {
            return null;
        }

        return HistoryReader.Read(id, RunOf(history), history, page);
    }

    /// <summary>A start, and a start over, has an execution id of its own; a rewind leaves an event, of an older extension a generic one for each that it takes out.</summary>
    private static string RunOf(IEnumerable<HistoryEvent> history)
    {
        var (execution, rewinds) = ("", 0);
        foreach (var one in history)
        {
            if (one is ExecutionStartedEvent started) execution = started.OrchestrationInstance?.ExecutionId ?? "";
            else if (one is ExecutionRewoundEvent or GenericEvent) rewinds++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{execution}.{rewinds}");
    }
}
