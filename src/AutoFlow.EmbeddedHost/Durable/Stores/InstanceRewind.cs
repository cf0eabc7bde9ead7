using AutoFlow.EmbeddedHost.Durable.History;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>One instance to be taken back.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="History">What its history becomes.</param>
/// <param name="Turns">The number of turns that it has now: with any other it has changed since.</param>
internal sealed record InstanceRewind(string InstanceId, RewoundHistory History, int Turns);
