using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>A call of one of the language's own functions (OWS dsl-reference.md, "Call"), ready to be sent: every expression is evaluated.</summary>
/// <param name="Protocol">One of <see cref="Protocols"/>.</param>
/// <param name="Arguments">
/// The call's <c>with</c> in one form: an endpoint is <c>{ uri, authentication? }</c> with its URI template expanded, and an
/// authentication is the policy itself, never the name of one.
/// </param>
/// <param name="Key">Unique in the instance per call site and occurrence; the same when the task is tried again: the idempotency key.</param>
/// <param name="Secrets">
/// What <see cref="IWorkflowContext.DescribeSecretsAsync"/> gave for the definition's secrets; an empty object without any. The texts
/// in it that stand in <paramref name="Arguments"/> are replaced by the secrets where the call leaves the process.
/// </param>
public sealed record ProtocolCall(string Protocol, JqValue Arguments, string Key, JqValue Secrets);

/// <summary>The functions that the language itself brings.</summary>
public static class Protocols
{
    /// <summary>An HTTP request.</summary>
    public const string Http = "http";

    /// <summary>An operation of an OpenAPI document.</summary>
    public const string OpenApi = "openapi";

    /// <summary>A message to a channel of an AsyncAPI document.</summary>
    public const string AsyncApi = "asyncapi";

    /// <summary>A method of an agent by the Agent2Agent protocol.</summary>
    public const string A2A = "a2a";

    /// <summary>A method of a Model Context Protocol server.</summary>
    public const string Mcp = "mcp";
}
