using System.Text.Json;
using Microsoft.DurableTask;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>
/// The waits of one orchestration for events. The host sees one wait at most per name, and that is never cancelled: Microsoft's
/// gives an event to a cancelled wait all the same (before durabletask-dotnet #801), and it is lost. Those who wait here may give up.
/// </summary>
internal sealed class EventWaits(TaskOrchestrationContext context)
{
    private readonly SortedDictionary<string, Waits> _queues = new(StringComparer.Ordinal);

    /// <summary>The next event of a name; those who wait for one name get its events in the order in which they asked.</summary>
    /// <param name="cancellation">Gives the place in the queue back: the task is then cancelled, and no event is lost.</param>
    public async Task<JsonElement> NextAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!_queues.TryGetValue(name, out var queue)) _queues.Add(name, queue = new Waits());
        if (queue.Arrived.TryDequeue(out var arrived)) return arrived;

        // Its continuations run where it is completed, on the orchestration's thread; never set RunContinuationsAsynchronously here.
        var place = new TaskCompletionSource<JsonElement>();
        queue.Places.AddLast(place);
        using var givingUp = cancellation.Register(() =>
        {
            if (queue.Places.Remove(place)) place.SetCanceled(cancellation);
        });
        if (!queue.IsWaiting) _ = ServeAsync(name, queue);
        return await place.Task;
    }

    /// <summary>The events that came and that nobody took, by name and in their order; they are taken now.</summary>
    public IEnumerable<JsonElement> TakeUnread()
    {
        foreach (var queue in _queues.Values)
            while (queue.Arrived.TryDequeue(out var arrived)) yield return arrived;
    }

    /// <summary>Asks the host for as long as somebody waits. A wait that was begun cannot be taken back: what it brings is kept.</summary>
    private async Task ServeAsync(string name, Waits queue)
    {
        queue.IsWaiting = true;
        try
        {
            while (queue.Places.Count > 0)
            {
                var arrived = await context.WaitForExternalEvent<JsonElement>(name);
                if (queue.TakeFirst() is { } first) first.SetResult(arrived);
                else queue.Arrived.Enqueue(arrived);
            }
        }
        catch (Exception exception)
        {
            while (queue.TakeFirst() is { } each) each.SetException(exception);
        }
        finally
        {
            queue.IsWaiting = false;
        }
    }

    /// <summary>One name's events and those who wait for them.</summary>
    private sealed class Waits
    {
        public Queue<JsonElement> Arrived { get; } = new();

        public LinkedList<TaskCompletionSource<JsonElement>> Places { get; } = new();

        /// <summary>Whether the host is asked.</summary>
        public bool IsWaiting { get; set; }

        public TaskCompletionSource<JsonElement>? TakeFirst()
        {
            if (Places.First is not { } first) return null;
            Places.RemoveFirst();
            return first.Value;
        }
    }
}
