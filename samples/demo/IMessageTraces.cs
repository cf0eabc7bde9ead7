namespace AutoFlow.Demo;

/// <summary>Tells the trace of a message, collected in this process.</summary>
public interface IMessageTraces
{
    /// <summary>The trace as lines; empty when none was collected. Nothing is collected afterwards.</summary>
    /// <param name="inboxId">The id of the message's inbox row.</param>
    IReadOnlyList<string> Tell(string inboxId);
}
