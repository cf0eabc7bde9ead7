using System.Security.Cryptography;
using System.Text;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Tasks.Calls;

/// <summary><c>call: a2a</c> (OWS dsl-reference.md, "A2A Call"); for the arguments see <see cref="Protocols.A2A"/>.</summary>
internal sealed class A2ACall : ProtocolFunction
{
    private static readonly string[] Methods =
    [
        "message/send", "message/stream", "tasks/get", "tasks/list", "tasks/cancel", "tasks/resubscribe", "tasks/pushNotificationConfig/set",
        "tasks/pushNotificationConfig/get", "tasks/pushNotificationConfig/list", "tasks/pushNotificationConfig/delete",
        "agent/getAuthenticatedExtendedCard",
    ];

    public override string Name => Protocols.A2A;

    public override IReadOnlyCollection<string> Properties => ["method", "agentCard", "server", "parameters"];

    public override IReadOnlyList<string> Texts => ["agentCard.endpoint.uri", "server.endpoint.uri"];

    public override IReadOnlyList<string> Maps => ["parameters"];

    public override void Read(CallReader call)
    {
        call.With.Require("method");
        call.AddWord("method", Methods);
        call.AddResource("agentCard", required: false);
        if (call.With["server"] is { } server && call.Endpoint(server, "'server'", authorizes: true) is { } endpoint)
            call.Add("server", ObjectTemplate.Of(("endpoint", endpoint)));
        if (!call.With.Has("agentCard") && !call.With.Has("server"))
            call.Context.Sink.Error(call.With.Position, "call a2a needs 'agentCard' or 'server'");
        call.AddMap("parameters");
    }

    /// <summary>The id that the specification asks for comes from the call's key: a call that is tried again sends the same message.</summary>
    public override JqValue Finish(TaskRun run, JqValue arguments)
    {
        if (arguments["method"].AsString() is not ("message/send" or "message/stream")) return arguments;
        var parameters = arguments["parameters"];
        var message = parameters["message"];
        if (message.Kind is not (JqKind.Null or JqKind.Object))
            throw run.Failure(StandardErrors.Expression, $"'parameters.message' gave a value of type {message.TypeName}, not an object");
        if (message["messageId"].IsNull) message = message.With("messageId", JqValue.From(MessageId(run)));
        if (message["role"].IsNull) message = message.With("role", JqValue.From("user"));
        return arguments.With("parameters", parameters.With("message", message));
    }

    private static string MessageId(TaskRun run)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{run.Workflow.Port.InstanceId}\n{run.Frame.Key}"));
        return new Guid(hash.AsSpan(0, 16)).ToString();
    }
}
