namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>One turn of an orchestration.</summary>
/// <param name="Number">Its number in the generation, from 0.</param>
/// <param name="At">The orchestration's time during the turn, UTC.</param>
/// <param name="Received">What came in, in order.</param>
/// <param name="Decided">What the orchestrator decided, in order.</param>
internal sealed record TurnRecord(int Number, DateTime At, IReadOnlyList<HistoryEvent> Received, IReadOnlyList<HistoryEvent> Decided);
