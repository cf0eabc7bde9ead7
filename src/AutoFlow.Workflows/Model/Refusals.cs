namespace AutoFlow.Workflows.Model;

/// <summary>A construct of the language that this engine refuses when a definition is published, for good.</summary>
/// <param name="Construct">The construct, as an author writes it.</param>
/// <param name="Reason">Why it is refused.</param>
/// <param name="Instead">What to do instead.</param>
public sealed record Refusal(string Construct, string Reason, string Instead);

/// <summary>Everything of OWS 1.0.3 that this engine refuses: the one table behind the messages and the documentation.</summary>
public static class Refusals
{
    internal static readonly Refusal Grpc = new(
        "call grpc",
        "this engine speaks HTTP/1.1 and JSON to the outside; it has no protobuf compiler",
        "call the service's HTTP gateway with call http, or put a function in front of it");

    internal static readonly Refusal AsyncApiSubscription = new(
        "asyncapi subscription",
        "a subscription needs a connection that stays open, and a workflow that waits for days keeps none",
        "have the messages sent to this engine as CloudEvents, and listen to them");

    internal static readonly Refusal AsyncApiProtocol = new(
        "asyncapi over another protocol than http",
        "messages are published over HTTP only; no broker client is part of this engine",
        "choose a server of the document that speaks http or https");

    internal static readonly Refusal McpStdio = new(
        "mcp transport stdio",
        "it starts a process on the engine's own machine, and definitions start none",
        "run the MCP server elsewhere and reach it with transport http");

    internal static readonly Refusal RunScript = new(
        "run script",
        "no sandboxed engine for JavaScript or Python is part of this engine",
        "call a function instead, or write the logic as a jq expression");

    internal static readonly Refusal RunShell = new(
        "run shell", "definitions start no processes on the engine's machine", "call a function instead");

    internal static readonly Refusal RunContainer = new(
        "run container", "definitions start no containers", "call the container's service with call http");

    internal static readonly Refusal RunReturn = new(
        "run return", "it chooses what a process gives, and no processes are run", "leave it out: a workflow gives its output");

    internal static readonly Refusal ResourceAuthentication = new(
        "authentication of a schema, a function or a catalog",
        "they are read when the definition is published and pinned with it, without credentials",
        "put the file beside the definition and name it by its path");

    internal static readonly Refusal SchemaFormat = new(
        "schema.format other than json",
        "values are checked against JSON Schema only; no Avro, XML or protobuf library is part of this engine",
        "write the schema as JSON Schema with format: json");

    internal static readonly Refusal AuthorizationCode = new(
        "oauth2 and oidc grant authorization_code",
        "it begins with a person at a browser, and no property of the language holds the code",
        "use client_credentials, or refresh_token with the refresh token as subject.token");

    internal static readonly Refusal ExpressionLanguage = new(
        "evaluate.language other than jq", "jq is the only expression language here", "write the expressions in jq");

    /// <summary>All of them, sorted by construct.</summary>
    public static IReadOnlyList<Refusal> All { get; } =
    [
        .. new[]
        {
            Grpc, AsyncApiSubscription, AsyncApiProtocol, McpStdio, RunScript, RunShell, RunContainer, RunReturn,
            ResourceAuthentication, SchemaFormat, AuthorizationCode, ExpressionLanguage,
        }.OrderBy(static r => r.Construct, StringComparer.Ordinal),
    ];
}
