using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Model;

/// <summary>Which events a listen takes (OWS dsl-reference.md, "Event Filter").</summary>
/// <param name="Type">The type, exactly; null where it is not fixed.</param>
/// <param name="TypeExpression">Gives the type when the listen begins; null without one.</param>
/// <param name="Attributes">What the attributes must look like, the type among them where it is a regular expression.</param>
/// <param name="Correlations">What links the events of one listen with each other or with the task's data.</param>
internal sealed record EventFilter(
    string? Type,
    RuntimeExpression? TypeExpression,
    IReadOnlyList<KeyValuePair<string, ValuePattern>> Attributes,
    IReadOnlyList<Correlation> Correlations)
{
    /// <summary>The filter that takes every event, as <c>any: []</c>.</summary>
    public static EventFilter Every { get; } = new(null, null, [], []);

    /// <summary>Whether the attributes fit; correlations are not looked at.</summary>
    /// <param name="type">The type the event must have; null for any.</param>
    public bool Matches(JqValue cloudEvent, string? type, Func<RuntimeExpression, JqValue, JqValue> evaluate) =>
        (type is null || cloudEvent["type"].AsString() == type)
        && Attributes.All(a => a.Value.Matches(a.Key == "data" ? CloudEvents.Data(cloudEvent) : cloudEvent[a.Key], evaluate));

    /// <summary>Whether the filter takes an event under any data of the workflow: what only expressions can tell counts as fit.</summary>
    public bool MayMatch(JqValue cloudEvent) => Matches(cloudEvent, Type, static (_, _) => JqValue.True);
}

/// <summary>A value of the event that must be as expected (OWS dsl-reference.md, "Correlation").</summary>
/// <param name="Key">Its name. Filters of one listen that use the same name expect the same value.</param>
/// <param name="From">Gets the value from the event with its envelope.</param>
/// <param name="Expect">The value, from the task's data as the listen begins; null for that of the first event consumed.</param>
internal sealed record Correlation(string Key, RuntimeExpression From, ValueTemplate? Expect);
