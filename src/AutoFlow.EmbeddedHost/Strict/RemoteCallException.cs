namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>
/// Stands for Grpc.Core.RpcException, by which Azure's client tells of refusals. The app cannot name this type, so it has to be
/// right for a type that it does not know.
/// </summary>
/// <param name="status">The gRPC status code's name.</param>
/// <param name="detail">What was refused.</param>
internal sealed class RemoteCallException(string status, string detail) : Exception($"Status(StatusCode=\"{status}\", Detail=\"{detail}\")")
{
    public const string NotFound = nameof(NotFound);
    public const string AlreadyExists = nameof(AlreadyExists);
    public const string FailedPrecondition = nameof(FailedPrecondition);

    /// <summary>The gRPC status code's name.</summary>
    public string Status { get; } = status;
}
