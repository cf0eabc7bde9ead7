using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Tasks.Calls;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tasks;

/// <summary><c>call</c>: one of the language's own functions, a function of the catalog, or a task that takes the arguments as its input.</summary>
internal sealed class CallTask(TaskHead head, CallTarget target) : WorkflowTask(head)
{
    private const string Grpc = "grpc";

    /// <summary>What is called.</summary>
    public CallTarget Target => target;

    public static WorkflowTask? Read(TaskReader reader)
    {
        if (reader.Fields.Scalar("call", required: true) is not { } name) return null;
        if (name.Text == Grpc)
        {
            reader.Context.Sink.NotSupported(name.Position, Refusals.Grpc);
            return null;
        }

        var target = ProtocolFunction.All.FirstOrDefault(f => f.Name == name.Text) is { } protocol
            ? ProtocolTarget.Read(reader, protocol)
            : Function(reader, name);
        return target is null ? null : new CallTask(reader.Head, target);
    }

    public override Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation) => target.CallAsync(run, cancellation);

    private static CallTarget? Function(TaskReader reader, YamlScalar name)
    {
        var with = reader.Fields["with"];
        if (with is not (null or YamlMapping))
        {
            reader.Context.Sink.Error(with.Position, $"'with' must be a map of arguments, not {with.KindName}");
            return null;
        }

        var arguments = with is null ? null : reader.Template(with);
        var target = FunctionReader.Target(reader, name, with as YamlMapping, arguments);
        return with is null || arguments is not null ? target : null;
    }
}

/// <summary>What a call task calls.</summary>
internal abstract class CallTarget
{
    /// <summary>Calls it.</summary>
    /// <exception cref="WorkflowErrorException">The call failed as workflows fail.</exception>
    public abstract Task<TaskOutcome> CallAsync(TaskRun run, CancellationToken cancellation);
}
