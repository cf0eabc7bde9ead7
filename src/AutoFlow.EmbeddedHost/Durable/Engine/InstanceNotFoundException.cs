using System.Diagnostics.CodeAnalysis;

namespace AutoFlow.EmbeddedHost.Durable;

/// <summary>There is no instance of that id.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the engine throws it.")]
public sealed class InstanceNotFoundException : InvalidOperationException
{
    internal InstanceNotFoundException(string instanceId)
        : base($"There is no orchestration instance with the id '{instanceId}'.")
    {
    }
}
