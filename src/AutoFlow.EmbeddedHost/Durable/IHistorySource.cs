using DurableTask.Core.History;

namespace AutoFlow.EmbeddedHost.Durable;

/// <summary>A durable client that gives histories event by event: a long one need not be in memory as a whole.</summary>
public interface IHistorySource
{
    /// <summary>Goes through an instance's history, oldest event first, as far as the reader does; null where the instance is unknown.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="read">
    /// Given a text that is another one as soon as what was read before is no longer the history (the instance has started over, was rewound or
    /// started anew), and the events, as they are at one moment. Called on this thread; the events are gone when it returns.
    /// </param>
    T? ReadHistory<T>(string instanceId, Func<string, IEnumerable<HistoryEvent>, T> read)
        where T : class;
}
