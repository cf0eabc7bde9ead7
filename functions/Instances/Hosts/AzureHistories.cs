using DurableTask.Core.History;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Instances.Hosts;

/// <summary>Histories that a host gives event by event: Azure's gives them whole only. Compiled for Azure only.</summary>
internal static class HostHistories
{
    public static (bool Can, T? Result) Read<T>(DurableTaskClient durable, string id, Func<string, IEnumerable<HistoryEvent>, T> read) where T : class => (false, null);
}
