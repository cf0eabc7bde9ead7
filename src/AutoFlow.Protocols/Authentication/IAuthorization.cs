using System.Net;
using System.Net.Http.Headers;

namespace AutoFlow.Protocols.Authentication;

/// <summary>The credentials of one call.</summary>
internal interface IAuthorization
{
    /// <summary>The header to send; null when there is none before a challenge.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">No credentials could be had.</exception>
    ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellation);

    /// <summary>Another header after the service answered 401 to the last one; null when there is no better one.</summary>
    ValueTask<AuthenticationHeaderValue?> AnotherAsync(CancellationToken cancellation);

    /// <summary>Credentials that answer a digest challenge (RFC 7616) of this endpoint; null for every other scheme.</summary>
    ICredentials? Digest(Uri endpoint);
}
