using AutoFlow.EmbeddedHost.Durable.Stores;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Gives out the keys of rows before they are written, so that what follows can name them.</summary>
internal sealed class KeySource(StoreKeys first)
{
    private long _instance = first.Instance - 1;
    private long _inbox = first.Inbox - 1;
    private long _front = first.InboxFront + 1;

    /// <summary>True for a message's key that was given out here, not by an earlier process.</summary>
    public bool IsOwn(long inbox) => inbox >= first.Inbox || inbox <= first.InboxFront;

    public long NextInstance() => Interlocked.Increment(ref _instance);

    public long NextInbox() => Interlocked.Increment(ref _inbox);

    /// <summary>The first of some keys that come before all that were given out.</summary>
    public long NextFront(int count) => Interlocked.Add(ref _front, -count);
}
