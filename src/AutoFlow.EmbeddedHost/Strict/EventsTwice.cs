using AutoFlow.EmbeddedHost.Durable.History;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>External events are at least once (Azure Functions, "Handling external events"): some come twice.</summary>
internal static class EventsTwice
{
    /// <summary>Whether a message to an instance comes a second time.</summary>
    public static bool Befalls(StrictOptions strict, string instanceId, HistoryEvent message) => message is EventRaised raised
        && Chance.Befalls(strict, strict.EventsTwice, $"event {instanceId} {raised.Name} {raised.Payload}");
}
