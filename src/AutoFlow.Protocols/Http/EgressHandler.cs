namespace AutoFlow.Protocols.Http;

/// <summary>Checks every request by the egress policy before it is sent.</summary>
internal sealed class EgressHandler(EgressPolicy policy) : DelegatingHandler
{
    /// <inheritdoc />
    /// <exception cref="Workflows.Execution.WorkflowErrorException">The address may not be called.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        policy.Check(request.RequestUri!);
        return base.SendAsync(request, cancellationToken);
    }
}
