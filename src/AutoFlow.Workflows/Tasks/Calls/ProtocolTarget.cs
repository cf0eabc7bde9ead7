using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks.Calls;

/// <summary>A service, called by one of the language's own functions.</summary>
/// <param name="authorization">The policy that the call is authorized by; null without one.</param>
internal sealed class ProtocolTarget(ProtocolFunction protocol, ObjectTemplate arguments, ValueTemplate? authorization) : CallTarget
{
    /// <summary>The function's name, one of <see cref="Protocols"/>.</summary>
    public string Protocol => protocol.Name;

    /// <summary>Reads the call; null (and findings) when it has no arguments at all.</summary>
    public static ProtocolTarget? Read(TaskReader reader, ProtocolFunction protocol)
    {
        if (reader.Fields.Require("with") is not { } node) return null;
        if (Fields.Of(node, reader.Context, $"'with' of call {protocol.Name}", protocol.Properties) is not { } with) return null;
        var call = new CallReader(reader, with);
        protocol.Read(call);
        return new ProtocolTarget(protocol, call.Arguments, call.Authorization);
    }

    public override async Task<TaskOutcome> CallAsync(TaskRun run, CancellationToken cancellation)
    {
        // The other arguments may name $authorization, so the policy comes first.
        if (authorization is not null) run.Authorization = Execution.Authorization.Describe(run, run.Render(authorization));
        var given = JqValue.FromObject(run.Render(arguments).Properties.Where(static p => !p.Value.IsNull));
        foreach (var path in protocol.Texts)
        {
            if (Find(given, path) is { } value && value.AsString() is not { Length: > 0 })
                throw run.Failure(StandardErrors.Expression, $"'{path}' gave {(value.Kind == JqKind.String ? "an empty text" : $"a value of type {value.TypeName}")}, not a text");
        }

        foreach (var path in protocol.Maps)
        {
            if (Find(given, path) is { IsNull: false, Kind: not JqKind.Object } value)
                throw run.Failure(StandardErrors.Expression, $"'{path}' gave a value of type {value.TypeName}, not an object");
        }

        return new TaskOutcome(await run.CallProtocolAsync(protocol.Name, protocol.Finish(run, given), cancellation));
    }

    /// <summary>The value at a path; null when there is none.</summary>
    private static JqValue? Find(JqValue value, string path)
    {
        var found = value;
        foreach (var name in path.Split('.'))
        {
            if (!found.TryGetProperty(name, out var next)) return null;
            found = next;
        }

        return found;
    }
}
