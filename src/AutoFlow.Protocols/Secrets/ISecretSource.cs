using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols;

/// <summary>Where secrets are kept.</summary>
public interface ISecretSource
{
    /// <summary>The secret: a text, or an object of texts; null when there is none of that name. It is asked anew for every call, so that a changed secret is used at once.</summary>
    ValueTask<JqValue?> FindAsync(string name, CancellationToken cancellation);
}
