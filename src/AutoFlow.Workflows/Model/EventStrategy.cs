using AutoFlow.Workflows.Expressions;

namespace AutoFlow.Workflows.Model;

internal enum EventMode
{
    One,
    Any,
    All,
}

/// <summary>Which events to consume until done (OWS dsl-reference.md, "Event Consumption Strategy").</summary>
/// <param name="Mode">One event, any events, or one for each filter.</param>
/// <param name="Filters">The filters, never empty.</param>
/// <param name="UntilCondition">With <c>any</c>: asked on the array of consumed events after each; true ends the listen.</param>
/// <param name="UntilEvents">With <c>any</c>: events that end the listen and are no part of its output.</param>
internal sealed record EventStrategy(
    EventMode Mode, IReadOnlyList<EventFilter> Filters, RuntimeExpression? UntilCondition = null, EventStrategy? UntilEvents = null)
{
    /// <summary>Whether any filter correlates.</summary>
    public bool Correlates => Filters.Any(static f => f.Correlations.Count > 0) || UntilEvents is { Correlates: true };
}
