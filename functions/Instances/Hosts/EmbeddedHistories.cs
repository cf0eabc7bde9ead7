using AutoFlow.EmbeddedHost.Durable;
using DurableTask.Core.History;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Instances.Hosts;

/// <summary>Histories that a host gives event by event: the embedded one reads them so from its store.</summary>
internal static class HostHistories
{
    /// <summary>Goes through a history.</summary>
    /// <param name="durable">The client.</param>
    /// <param name="id">The instance's id.</param>
    /// <param name="read">Given what tells this history from another one of the same instance, and the events.</param>
    /// <returns>Whether the client can do that; then what was read, null where the instance is unknown.</returns>
    public static (bool Can, T? Result) Read<T>(DurableTaskClient durable, string id, Func<string, IEnumerable<HistoryEvent>, T> read) where T : class =>
        durable is IHistorySource source ? (true, source.ReadHistory(id, read)) : (false, null);
}
