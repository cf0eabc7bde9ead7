using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks.Calls;

/// <summary>
/// <c>call: asyncapi</c> (OWS dsl-reference.md, "AsyncAPI Call"), publishing over HTTP; for the arguments see
/// <see cref="Protocols.AsyncApi"/>.
/// </summary>
internal sealed class AsyncApiCall : ProtocolFunction
{
    private static readonly string[] Spoken = ["http", "https"];

    private static readonly string[] OtherProtocols =
    [
        "amqp", "amqp1", "anypointmq", "googlepubsub", "ibmmq", "jms", "kafka", "mercure", "mqtt", "mqtt5", "nats", "pulsar", "redis", "sns",
        "solace", "sqs", "stomp", "ws",
    ];

    public override string Name => Protocols.AsyncApi;

    public override IReadOnlyCollection<string> Properties =>
        ["document", "channel", "operation", "server", "protocol", "message", "subscription", "authentication"];

    public override IReadOnlyList<string> Texts => ["document.endpoint.uri", "channel", "operation", "server.name"];

    public override IReadOnlyList<string> Maps => ["server.variables", "message.headers"];

    public override void Read(CallReader call)
    {
        var with = call.With;
        call.AddAuthentication();
        call.AddResource("document", required: true);
        call.AddText("channel");
        call.AddText("operation");
        if (with.Has("channel") == with.Has("operation"))
        {
            call.Context.Sink.Error(
                with.Position, "call asyncapi needs one of 'channel' and 'operation'", "operation with AsyncAPI 3, channel with AsyncAPI 2");
        }

        call.Add("server", Server(call));
        Protocol(call);
        if (with.Has("subscription")) call.Context.Sink.NotSupported(with.KeyPosition("subscription"), Refusals.AsyncApiSubscription);
        else if (with.Require("message") is { } message) call.Add("message", Message(call, message));
    }

    public override JqValue Finish(TaskRun run, JqValue arguments)
    {
        if (!arguments["message"].TryGetProperty("headers", out var headers) || headers.IsNull) return arguments;
        return arguments.With("message", arguments["message"].With("headers", TextsOf(run, "headers", headers)));
    }

    private static void Protocol(CallReader call)
    {
        if (call.With.Word("protocol", [.. Spoken, .. OtherProtocols]) is not { } protocol) return;
        if (OtherProtocols.Contains(protocol)) call.Context.Sink.NotSupported(call.With["protocol"]!.Position, Refusals.AsyncApiProtocol);
        call.Add("protocol", JqValue.From(protocol));
    }

    private static ObjectTemplate? Server(CallReader call)
    {
        if (call.With["server"] is not { } node || Fields.Of(node, call.Context, "'server'", ["name", "variables"]) is not { } server) return null;
        return ObjectTemplate.Of(("name", call.Text(server, "name", required: true)), ("variables", call.Map(server, "variables")));
    }

    private static ObjectTemplate? Message(CallReader call, Yaml.YamlNode node)
    {
        if (Fields.Of(node, call.Context, "'message'", ["payload", "headers"]) is not { } message) return null;
        var payload = message["payload"] is { } given ? ExpressionReader.Template(call.Context, given, call.Variables) : null;
        return ObjectTemplate.Of(("headers", call.Map(message, "headers")), ("payload", payload));
    }
}
