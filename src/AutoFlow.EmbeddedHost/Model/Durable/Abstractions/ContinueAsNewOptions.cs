namespace Microsoft.DurableTask;

/// <summary>How an orchestration starts over.</summary>
public class ContinueAsNewOptions
{
    /// <summary>The new execution's input; null for none.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether events that nobody has waited for go over to the new execution.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;

    /// <summary>The new execution's version; null to keep the old one's.</summary>
    public string? NewVersion { get; set; }
}
