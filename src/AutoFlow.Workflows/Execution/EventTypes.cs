namespace AutoFlow.Workflows.Execution;

/// <summary>Under which name an instance receives an event: under its type if the definition names it, else under <see cref="Any"/>.</summary>
public static class EventTypes
{
    /// <summary>
    /// The name of every type that the definition does not name. It stands in <see cref="Model.WorkflowDefinition.EventTypes"/> where
    /// a listen has a filter whose type is not fixed: none, an expression, or a regular expression.
    /// </summary>
    public const string Any = "*";

    /// <summary>The name under which an event is to be given to <see cref="IWorkflowContext.ReceiveEventAsync"/>.</summary>
    /// <param name="known">The types that are named: <see cref="Model.WorkflowDefinition.EventTypes"/> or those of a schedule.</param>
    /// <param name="type">The CloudEvent's <c>type</c>.</param>
    public static string NameOf(IReadOnlyList<string> known, string type)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known.Contains(type) ? type : Any;
    }
}
