using System.Diagnostics.CodeAnalysis;

namespace AutoFlow.EmbeddedHost.Durable;

/// <summary>An instance cannot be asked for anything at present, whatever it is asked: it is set aside, or the host does not run.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the engine throws it.")]
public sealed class InstanceUnavailableException : IOException
{
    private InstanceUnavailableException(string message, bool isSetAside, Exception? cause)
        : base(message, cause) => IsSetAside = isSetAside;

    /// <summary>True where only the next start of the host makes it available again; false where the host only has to run.</summary>
    public bool IsSetAside { get; }

    /// <summary>What it did could not be stored, or could not be done.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="why">Which of the two, in words.</param>
    /// <param name="cause">What stood in the way.</param>
    internal static InstanceUnavailableException SetAside(string instanceId, string why, Exception cause) => new(
        $"The instance '{instanceId}' is set aside, as it was before, until the next start of the host: {why}. The host's log says more, under the instance's id.",
        isSetAside: true,
        cause);

    /// <summary>The host is stopping, or has not started yet.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cause">What could not be used any more; null for nothing.</param>
    internal static InstanceUnavailableException NotRunning(string instanceId, Exception? cause = null) => new(
        $"The host is stopping, or has not started yet; ask the instance '{instanceId}' again when it runs.", isSetAside: false, cause);
}
