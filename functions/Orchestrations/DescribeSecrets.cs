using AutoFlow.Protocols;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>Gives the form of secrets with a mark in place of each text: what expressions and histories may see.</summary>
public sealed class DescribeSecrets(SecretMarks marks)
{
    [Function(nameof(DescribeSecrets))]
    public async Task<WorkflowOutcome> Run([ActivityTrigger] IReadOnlyList<string> names, CancellationToken ct)
    {
        var described = await marks.DescribeAsync(names, ct);
        return WorkflowOutcome.Of(described.Output, described.Error);
    }
}
