using AutoFlow.EmbeddedHost.Durable.Stores;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>The commit of a turn that an instance in memory has taken.</summary>
internal sealed class TurnCommit(TurnDispatcher turns, HotInstance instance) : InstanceCommit
{
    /// <summary>The turn that is stored with it.</summary>
    public InstanceTurn? Of { get; set; }

    protected override Exception? Broken => instance.Unstored;

    protected override void BlockLater(Exception why) => instance.Unstored ??= why;

    protected override void Ended(Exception? failure) => turns.End(instance, Of!, this, failure);
}
