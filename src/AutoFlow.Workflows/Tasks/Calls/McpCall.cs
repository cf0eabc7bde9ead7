using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks.Calls;

/// <summary><c>call: mcp</c> (OWS dsl-reference.md, "MCP Call"); for the arguments see <see cref="Protocols.Mcp"/>.</summary>
internal sealed class McpCall : ProtocolFunction
{
    private const string ProtocolVersion = "2025-06-18";

    private static readonly string[] Methods =
        ["tools/list", "tools/call", "prompts/list", "prompts/get", "resources/list", "resources/read", "resources/templates/list"];

    public override string Name => Protocols.Mcp;

    public override IReadOnlyCollection<string> Properties => ["protocolVersion", "method", "parameters", "timeout", "transport", "client"];

    public override IReadOnlyList<string> Texts => ["protocolVersion", "transport.http.endpoint.uri", "client.name", "client.version"];

    public override IReadOnlyList<string> Maps => ["parameters", "transport.http.headers"];

    public override void Read(CallReader call)
    {
        call.With.Require("method");
        call.AddWord("method", Methods);
        if (call.With.Require("transport") is { } transport) call.Add("transport", Transport(call, transport));
        if (call.With.Has("protocolVersion")) call.AddText("protocolVersion");
        else call.Add("protocolVersion", JqValue.From(ProtocolVersion));
        call.AddMap("parameters");
        if (call.With["timeout"] is { } timeout) call.Add("timeout", Timeout(call, timeout));
        if (call.With["client"] is { } node && Fields.Of(node, call.Context, "'client'", ["name", "version"]) is { } client)
            call.Add("client", ObjectTemplate.Of(("name", call.Text(client, "name", required: true)), ("version", call.Text(client, "version", required: true))));
    }

    public override JqValue Finish(TaskRun run, JqValue arguments)
    {
        var finished = arguments;
        var http = arguments["transport"]["http"];
        if (!http["headers"].IsNull)
            finished = finished.With("transport", arguments["transport"].With("http", http.With("headers", TextsOf(run, "headers", http["headers"]))));
        if (!arguments.TryGetProperty("timeout", out var timeout)) return finished;
        var length = Durations.FromJson(timeout) ?? throw run.Failure(StandardErrors.Expression, "'timeout' gave no duration");
        return finished.With("timeout", JqValue.From(Descriptors.Iso8601(length)));
    }

    private static ValueTemplate? Timeout(CallReader call, Yaml.YamlNode node) =>
        DurationReader.Duration(call.Context, node, "timeout", call.Variables) switch
        {
            { Fixed: { } length } => new ConstantTemplate(JqValue.From(Descriptors.Iso8601(length))),
            { Expression: { } expression } => new ExpressionTemplate(expression),
            _ => null,
        };

    private static ObjectTemplate? Transport(CallReader call, Yaml.YamlNode node)
    {
        if (Fields.Of(node, call.Context, "'transport'", ["http", "stdio", "options"]) is not { } transport) return null;
        if (transport.Has("stdio"))
        {
            call.Context.Sink.NotSupported(transport.KeyPosition("stdio"), Refusals.McpStdio);
            return null;
        }

        var options = call.Map(transport, "options");
        if (transport.Require("http") is not { } given || Fields.Of(given, call.Context, "'http'", ["endpoint", "headers"]) is not { } http) return null;
        HttpCall.CheckHeaders(http, "headers");
        var endpoint = http.Require("endpoint") is { } at ? call.Endpoint(at, "'endpoint'", authorizes: true) : null;
        return ObjectTemplate.Of(("http", ObjectTemplate.Of(("endpoint", endpoint), ("headers", call.Map(http, "headers")))), ("options", options));
    }
}
