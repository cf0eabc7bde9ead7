namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the context parameter of an orchestrator function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : Attribute
{
    /// <summary>The orchestrator's name; null for the function's name.</summary>
    public string? Orchestration { get; set; }
}

/// <summary>Marks the input parameter of an activity function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : Attribute
{
    /// <summary>The activity's name; null for the function's name.</summary>
    public string? Activity { get; set; }
}

/// <summary>Marks a parameter that gets the client of the durable engine.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : Attribute
{
    /// <summary>The task hub; the embedded host has one and does not read this.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The name of the connection setting; the embedded host has its own store and does not read this.</summary>
    public string? ConnectionName { get; set; }
}
