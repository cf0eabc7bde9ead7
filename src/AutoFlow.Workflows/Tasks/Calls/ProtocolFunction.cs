using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Tasks.Calls;

/// <summary>One of the language's own functions. Each is one file: its arguments, how they are read, the form they are sent in.</summary>
internal abstract class ProtocolFunction
{
    /// <summary>The functions by name.</summary>
    public static IReadOnlyList<ProtocolFunction> All { get; } =
        [new HttpCall(), new OpenApiCall(), new AsyncApiCall(), new A2ACall(), new McpCall()];

    /// <summary>The name after <c>call</c>; one of <see cref="Protocols"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The properties under <c>with</c>.</summary>
    public abstract IReadOnlyCollection<string> Properties { get; }

    /// <summary>Where texts must stand when the call is made, as paths with dots; what is not there is not looked at.</summary>
    public abstract IReadOnlyList<string> Texts { get; }

    /// <summary>Where objects must stand when the call is made, as paths with dots; what is missing or null is not looked at.</summary>
    public abstract IReadOnlyList<string> Maps { get; }

    /// <summary>Reads the arguments; findings are in the sink.</summary>
    public abstract void Read(CallReader call);

    /// <summary>Brings evaluated arguments to their last form.</summary>
    /// <exception cref="WorkflowErrorException">An expression gave a value of the wrong kind.</exception>
    public virtual JqValue Finish(TaskRun run, JqValue arguments) => arguments;

    /// <summary>A map of names to texts: numbers, true and false as they are written, null left out.</summary>
    /// <exception cref="WorkflowErrorException">A value in it is none of these.</exception>
    protected static JqValue TextsOf(TaskRun run, string what, JqValue map) =>
        JqValue.FromObject(map.Properties.Where(static p => !p.Value.IsNull).Select(p => KeyValuePair.Create(p.Key, p.Value.Kind switch
        {
            JqKind.String => p.Value,
            JqKind.Array or JqKind.Object =>
                throw run.Failure(StandardErrors.Expression, $"'{p.Key}' of '{what}' gave a value of type {p.Value.TypeName}, not a text"),
            _ => JqValue.From(p.Value.ToJson()),
        })));
}
