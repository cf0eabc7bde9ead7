using System.Globalization;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>
/// Publishes the lifecycle events of a run, as far as they are asked for (OWS dsl.md and dsl-reference.md, "Lifecycle Events"). A task
/// that its condition passes over is never created. Nothing of a run is ever suspended, and a run cannot tell that it was terminated.
/// </summary>
internal sealed class Lifecycle(WorkflowRun run)
{
    private const string Root = "io.serverlessworkflow.";

    /// <summary>The instance's qualified name, as <c>order-pet-0123.samples</c>.</summary>
    private readonly string _name = $"{run.Definition.Identity.Name}-{run.Port.InstanceId}.{run.Definition.Identity.Namespace}";

    private bool OfWorkflow => run.Options.Lifecycle != LifecycleScope.None;

    private bool OfTasks => run.Options.Lifecycle == LifecycleScope.Task;

    public void WorkflowStarted() => PublishOfWorkflow("started", "startedAt", () => [("definition", JqValue.FromObject(
        ("name", JqValue.From(run.Definition.Identity.Name)),
        ("namespace", JqValue.From(run.Definition.Identity.Namespace)),
        ("version", JqValue.From(run.Definition.Identity.Version))))]);

    public void WorkflowEnded(WorkflowResult result)
    {
        if (result.Error is { } error) PublishOfWorkflow("faulted", "faultedAt", () => [("error", error.ToJson())]);
        else PublishOfWorkflow("completed", "completedAt", () => [("output", result.Output!)]);
    }

    public void CorrelationStarted() => PublishOfWorkflow("correlation-started", "startedAt", static () => []);

    public void CorrelationCompleted(JqValue keys) => PublishOfWorkflow("correlation-completed", "completedAt", () => [("correlationKeys", keys)]);

    /// <summary>Tells of a task that begins; null when that is not asked for.</summary>
    public RunningTask? TaskStarted(string task, CancellationToken cancellation)
    {
        if (!OfTasks) return null;
        PublishOfTask("created", task, "createdAt");
        PublishOfTask("started", task, "startedAt");
        return new RunningTask(this, task, cancellation);
    }

    public void TaskRetried(string task) => PublishOfTask("retried", task, "retriedAt");

    public void TaskFaulted(string task, WorkflowError error)
    {
        if (OfTasks) PublishOfTask("faulted", task, "faultedAt", ("error", error.ToJson()));
    }

    private void PublishOfWorkflow(string change, string at, Func<(string, JqValue)[]> more)
    {
        if (OfWorkflow) Publish($"workflow.{change}.v1", [("name", JqValue.From(_name)), (at, Now()), .. more()]);
    }

    private void PublishOfTask(string change, string task, string at, params (string, JqValue)[] more)
    {
        if (OfTasks) Publish($"task.{change}.v1", [("workflow", JqValue.From(_name)), ("task", JqValue.From(task)), (at, Now()), .. more]);
    }

    private void Publish(string type, (string, JqValue)[] data) => run.Port.PublishLifecycle(run.NewEvent()
        .With("type", JqValue.From(Root + type))
        .With("datacontenttype", JqValue.From("application/json"))
        .With("data", JqValue.FromObject(data)));

    private JqValue Now() => JqValue.From(run.Port.Now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>A task that has begun; tells how it ends, but for its faults.</summary>
    internal sealed class RunningTask : IDisposable
    {
        private readonly Lifecycle _lifecycle;
        private readonly string _task;
        private readonly CancellationToken _cancellation;
        private readonly CancellationTokenRegistration _registration;
        private bool _ended;

        public RunningTask(Lifecycle lifecycle, string task, CancellationToken cancellation)
        {
            (_lifecycle, _task, _cancellation) = (lifecycle, task, cancellation);
            // Told at once: what a lost branch waits for may answer after the workflow's end, or never.
            _registration = cancellation.Register(Cancelled);
        }

        public void Completed(JqValue output)
        {
            _ended = true;
            _lifecycle.PublishOfTask("completed", _task, "completedAt", ("output", output));
        }

        public void Dispose()
        {
            _registration.Dispose();
            // A wait that is given up unwinds the task before its own notice has come.
            if (_cancellation.IsCancellationRequested) Cancelled();
        }

        private void Cancelled()
        {
            if (_ended) return;
            _ended = true;
            _lifecycle.PublishOfTask("cancelled", _task, "cancelledAt");
        }
    }
}
