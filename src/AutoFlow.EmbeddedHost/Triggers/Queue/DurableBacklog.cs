namespace AutoFlow.EmbeddedHost.Triggers.Queue;

/// <summary>
/// Keeps functions that start durable work from running ahead of it: while too much of it waits, they take no more messages. What
/// waits then waits in its queue, on the disk, where whoever takes work in can see it.
/// </summary>
/// <param name="waiting">Activities that were asked for and have not begun.</param>
/// <param name="time">The clock.</param>
internal sealed class DurableBacklog(Func<int> waiting, TimeProvider time)
{
    /// <summary>Some seconds of work, so that the engine never runs dry.</summary>
    public const int Most = 500;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends when there is room.</summary>
    /// <param name="ct">Cancels the wait.</param>
    public async Task WaitAsync(CancellationToken ct)
    {
        while (waiting() >= Most)
            await Task.Delay(Look, time, ct);
    }
}
