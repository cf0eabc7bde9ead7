using AutoFlow.Protocols;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>Secrets in memory.</summary>
internal sealed class FakeSecrets : Dictionary<string, JqValue>, ISecretSource
{
    public ValueTask<JqValue?> FindAsync(string name, CancellationToken cancellation) => ValueTask.FromResult(this.GetValueOrDefault(name));
}
