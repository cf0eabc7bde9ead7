using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>Mixes the order in which a fan-out's tasks run and in which their answers come: queues of many partitions promise none.</summary>
internal static class OutOfOrder
{
    /// <summary>The activities that a turn asked for, in the order in which they are run.</summary>
    public static IReadOnlyList<ActivityTask> Of(StrictOptions strict, IReadOnlyList<ActivityTask> activities) =>
        [.. activities.OrderBy(activity => Chance.Draw(strict, $"run {activity.Invocation.InstanceId} {activity.Invocation.TaskId}"))];

    /// <summary>What has arrived for a turn: answers change places among themselves, all else stays where it is.</summary>
    /// <param name="strict">The seed.</param>
    /// <param name="arrived">In the order in which it came.</param>
    /// <param name="turn">Tells the turn apart.</param>
    public static IReadOnlyList<HistoryEvent> Of(StrictOptions strict, IReadOnlyList<HistoryEvent> arrived, string turn)
    {
        var answers = new Queue<HistoryEvent>(arrived
            .Where(one => one.Answers is not null)
            .OrderBy(one => Chance.Draw(strict, $"answer {turn} {one.Answers}")));
        return answers.Count < 2 ? arrived : [.. arrived.Select(one => one.Answers is null ? one : answers.Dequeue())];
    }
}
