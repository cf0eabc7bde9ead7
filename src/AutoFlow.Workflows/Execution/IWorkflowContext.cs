using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Workflows.Execution;

/// <summary>
/// The only way from the interpreter to the outside. Its implementation must replay: asked the same again, it answers the same.
/// Expected failures are thrown as <see cref="WorkflowErrorException"/>; every other exception is infrastructure's and leaves
/// <see cref="WorkflowInterpreter.RunAsync"/> unchanged. Tasks must be completed on the orchestration's own thread.
/// </summary>
public interface IWorkflowContext
{
    /// <summary>The id of this run, unique for ever.</summary>
    string InstanceId { get; }

    /// <summary>The time of the decision that is being made, UTC; the same on replay.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Whether what happens now has happened before.</summary>
    bool IsReplaying { get; }

    /// <summary>A logger that is silent on replay. No personal data is written to it.</summary>
    ILogger Logger { get; }

    /// <summary>A new id; the same on replay.</summary>
    Guid NewGuid();

    /// <summary>Runs a function of the catalog.</summary>
    /// <exception cref="WorkflowErrorException">The function failed in an expected way.</exception>
    Task<JqValue> CallFunctionAsync(FunctionCall call, CancellationToken cancellation);

    /// <summary>Calls a service by one of the language's own protocols.</summary>
    /// <exception cref="WorkflowErrorException">The call failed in an expected way: the service refused, or was not there.</exception>
    Task<JqValue> CallProtocolAsync(ProtocolCall call, CancellationToken cancellation);

    /// <summary>
    /// The form of secrets: an object by name in which each text of a secret is replaced by a mark that nobody can guess. Marks, not
    /// secrets, stand in expressions and histories; see <see cref="ProtocolCall.Secrets"/>.
    /// </summary>
    /// <exception cref="WorkflowErrorException">A secret does not exist, or may not be read.</exception>
    Task<JqValue> DescribeSecretsAsync(IReadOnlyList<string> names, CancellationToken cancellation);

    /// <summary>Completes at a time.</summary>
    /// <param name="due">The time, UTC.</param>
    /// <param name="cancellation">Gives the timer up; the task is then cancelled.</param>
    Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellation);

    /// <summary>
    /// The next CloudEvent of a type, as JSON in the structured mode's form. Events of one type come in their order. Several may wait
    /// for one type at once: each event goes to one of them, and the run itself finds who takes it.
    /// </summary>
    /// <param name="eventType">
    /// One of the definition's event types; <see cref="EventTypes.Any"/> for the events of any type that are routed to this instance and
    /// whose type is none of them (<see cref="EventTypes.NameOf"/>).
    /// </param>
    /// <param name="cancellation">Gives the place in the queue back: the task is then cancelled, and no event is lost.</param>
    Task<JqValue> ReceiveEventAsync(string eventType, CancellationToken cancellation);

    /// <summary>Starts a child workflow, and gives its output if it is awaited, else null.</summary>
    /// <exception cref="WorkflowErrorException">The child does not exist or has faulted.</exception>
    Task<JqValue> RunWorkflowAsync(ChildWorkflow child, CancellationToken cancellation);

    /// <summary>Publishes a CloudEvent.</summary>
    /// <param name="cloudEvent">The event as JSON in the structured mode's form.</param>
    /// <param name="key">Unique in the instance per emission, and the same when a try is tried again.</param>
    Task EmitAsync(JqValue cloudEvent, string key, CancellationToken cancellation);

    /// <summary>Publishes a lifecycle event and does not wait for it; asked for by <see cref="InterpreterOptions.Lifecycle"/> only.</summary>
    /// <param name="cloudEvent">The event as JSON in the structured mode's form.</param>
    void PublishLifecycle(JqValue cloudEvent);

    /// <summary>Shows where the run stands. Called at each task; must be cheap.</summary>
    void SetStatus(WorkflowStatus status);
}

/// <summary>A call of a function.</summary>
/// <param name="Name">The function's name in the catalog.</param>
/// <param name="Arguments">The arguments, an object.</param>
/// <param name="Key">Unique in the instance per call site and occurrence; the same when the task is tried again.</param>
public sealed record FunctionCall(string Name, JqValue Arguments, string Key);

/// <summary>A child workflow to run.</summary>
/// <param name="Namespace">The definition's namespace.</param>
/// <param name="Name">The definition's name.</param>
/// <param name="Version">The definition's version, or <see cref="WorkflowReference.Latest"/>.</param>
/// <param name="Input">The child's input.</param>
/// <param name="Await">Whether the parent waits for the child's output.</param>
/// <param name="Key">Unique in the instance per start, and the same when a try is tried again.</param>
public sealed record ChildWorkflow(string Namespace, string Name, string Version, JqValue Input, bool Await, string Key);

/// <summary>Words in references to other workflows.</summary>
public static class WorkflowReference
{
    /// <summary>The version that means the newest one.</summary>
    public const string Latest = "latest";
}
