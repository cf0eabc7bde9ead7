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

/// <summary>
/// The functions that the language itself brings, and the one form of their arguments. In all of them <c>?</c> marks what may be missing;
/// a value that is null is left out. An endpoint is <c>{ uri, authentication? }</c>. An authentication is one of
/// <c>{ basic: { username, password } }</c>, <c>{ bearer: { token } }</c>, <c>{ digest: { username, password } }</c>,
/// <c>{ oauth2: { authority, endpoints?: { token?, revocation?, introspection? }, grant, client: { id?, secret?, assertion?,
/// authentication? }, request?: { encoding? }, issuers?, scopes?, audiences?, username?, password?, subject?: { token, type },
/// actor?: { token, type } } }</c> and <c>{ oidc: … }</c>, which is the same without endpoints; where a policy uses a secret, the
/// properties are what the secret has, as marks, and nothing about them was checked.
/// </summary>
public static class Protocols
{
    /// <summary>
    /// An HTTP request: <c>{ method, endpoint, headers?: { name: text }, query?: { name: value }, body?: any, output: raw | content |
    /// response, redirect: boolean }</c>. The method is in capitals; no query value is null.
    /// </summary>
    public const string Http = "http";

    /// <summary>
    /// An operation of an OpenAPI document: <c>{ document: { endpoint }, operationId, parameters?: { name: value }, authentication?,
    /// output: raw | content | response, redirect: boolean }</c>.
    /// </summary>
    public const string OpenApi = "openapi";

    /// <summary>
    /// A message to a channel of an AsyncAPI document: <c>{ document: { endpoint }, channel | operation, server?: { name, variables?:
    /// { name: value } }, protocol?: http | https, message: { headers?: { name: text }, payload?: any }, authentication? }</c>.
    /// </summary>
    public const string AsyncApi = "asyncapi";

    /// <summary>
    /// A method of an agent by the Agent2Agent protocol: <c>{ method, agentCard?: { endpoint }, server?: { endpoint }, parameters?:
    /// any }</c> with one at least of agentCard and server. With message/send and message/stream the message has its id and its role.
    /// </summary>
    public const string A2A = "a2a";

    /// <summary>
    /// A method of a Model Context Protocol server: <c>{ protocolVersion, method, parameters?: any, timeout?: ISO 8601 duration,
    /// transport: { http: { endpoint, headers?: { name: text } }, options?: any }, client?: { name, version } }</c>.
    /// </summary>
    public const string Mcp = "mcp";
}
