namespace AutoFlow.Support.Outbox;

/// <summary>Picks the channel that sends an entry: the one of its name, else the one that takes any.</summary>
public sealed class ReplyChannels
{
    /// <summary>The <see cref="IReplyChannel.Channel"/> of an implementation that takes entries that no other one serves.</summary>
    public const string Any = "*";

    private readonly Dictionary<string, IReplyChannel> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Throws <see cref="ArgumentException"/> when two implementations serve one channel: that is a mistake of composition.</summary>
    public ReplyChannels(IEnumerable<IReplyChannel> channels)
    {
        foreach (var channel in channels)
            if (!byName.TryAdd(channel.Channel, channel))
                throw new ArgumentException($"Two reply channels serve '{channel.Channel}'.", nameof(channels));
    }

    /// <summary>The channel, or null when nothing serves that name.</summary>
    public IReplyChannel? For(string channel) => byName.GetValueOrDefault(channel) ?? byName.GetValueOrDefault(Any);
}
