using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class LifecycleTests
{
    private static FakeWorkflowContext Run(string body, LifecycleScope scope, params (int Minute, JqValue Event)[] events)
    {
        var context = new FakeWorkflowContext { InstanceId = "i1" }
            .On("ask", static (_, attempt) => attempt == 0 ? FunctionAnswer.Failure(new WorkflowError("urn:busy", 503)) : FunctionAnswer.Of("42"))
            .On("step", static (_, _) => FunctionAnswer.Of("1") with { Takes = TimeSpan.FromHours(1) });
        foreach (var (minute, cloudEvent) in events) context.Raise(TimeSpan.FromMinutes(minute), cloudEvent);
        TestWorkflow.Run(body, """{"x":1}""", context, new InterpreterOptions { Lifecycle = scope });
        return context;
    }

    /// <summary>The events in short: what changed, and the last part of the task's pointer.</summary>
    private static IEnumerable<string> Short(FakeWorkflowContext context) => context.Lifecycle.Select(static e =>
        $"{e["type"].AsString()!.Replace("io.serverlessworkflow.", "", StringComparison.Ordinal).Replace(".v1", "", StringComparison.Ordinal)} {e["data"]["task"].AsString()?.Split('/')[^1]}".Trim());

    [Fact]
    public void Nothing_is_published_unless_it_is_asked_for() =>
        Assert.Empty(Run("do:\n  - a: { set: { n: 1 } }\n", LifecycleScope.None).Lifecycle);

    [Fact]
    public void A_workflow_that_completes_tells_when_it_started_and_what_it_gave()
    {
        var context = Run("do:\n  - w: { wait: PT1M }\n  - a: { set: { n: 1 } }\n", LifecycleScope.Workflow);

        TestWorkflow.IsJson(
            """
            [{"type":"io.serverlessworkflow.workflow.started.v1","data":{"name":"example-i1.test",
              "definition":{"name":"example","namespace":"test","version":"1.0.0"},"startedAt":"2026-01-01T00:00:00.0000000Z"}},
             {"type":"io.serverlessworkflow.workflow.completed.v1","data":{"name":"example-i1.test",
              "completedAt":"2026-01-01T00:01:00.0000000Z","output":{"n":1}}}]
            """,
            JqValue.FromArray(context.Lifecycle.Select(static e => JqValue.FromObject(("type", e["type"]), ("data", e["data"])))));
        Assert.All(context.Lifecycle, static e => Assert.Equal(("1.0", "/workflows/test/example"), (e["specversion"].AsString(), e["source"].AsString())));
        Assert.Distinct(context.Lifecycle.Select(static e => e["id"].AsString()));
    }

    [Fact]
    public void A_workflow_that_faults_tells_the_error()
    {
        var context = Run("do:\n  - a: { raise: { error: { type: 'urn:bad', status: 400 } } }\n", LifecycleScope.Workflow);

        Assert.Equal(["workflow.started", "workflow.faulted"], Short(context));
        TestWorkflow.IsJson("""{"type":"urn:bad","status":400,"instance":"/do/0/a"}""", context.Lifecycle[1]["data"]["error"]);
    }

    [Fact]
    public void Each_task_is_created_started_and_completed_and_one_passed_over_is_not()
    {
        var context = Run("do:\n  - a: { set: { n: 1 } }\n  - skipped: { if: false, set: { n: 2 } }\n  - b: { do: [ { c: { set: { n: 3 } } } ] }\n", LifecycleScope.Task);

        Assert.Equal(
            [
                "workflow.started", "task.created a", "task.started a", "task.completed a",
                "task.created b", "task.started b", "task.created c", "task.started c", "task.completed c", "task.completed b", "workflow.completed",
            ],
            Short(context));
        TestWorkflow.IsJson(
            """{"workflow":"example-i1.test","task":"/do/0/a","completedAt":"2026-01-01T00:00:00.0000000Z","output":{"n":1}}""", context.Lifecycle[3]["data"]);
    }

    [Fact]
    public void A_retry_is_told_when_it_begins()
    {
        var context = Run("do:\n  - t: { try: [ { a: { call: ask } } ], catch: { retry: { delay: PT9M, limit: { attempt: { count: 1 } } } } }\n", LifecycleScope.Task);

        Assert.Equal(
            [
                "workflow.started", "task.created t", "task.started t", "task.created a", "task.started a", "task.faulted a", "task.retried t",
                "task.created a", "task.started a", "task.completed a", "task.completed t", "workflow.completed",
            ],
            Short(context));
        TestWorkflow.IsJson(
            """{"workflow":"example-i1.test","task":"/do/0/t","retriedAt":"2026-01-01T00:09:00.0000000Z"}""", context.Lifecycle[6]["data"]);
    }

    [Fact]
    public void Branches_that_lose_are_cancelled_at_once_whatever_they_wait_for()
    {
        const string body =
            """
            do:
              - race:
                  fork:
                    compete: true
                    branches:
                      - slow: { do: [ { s: { call: step } } ] }
                      - fast: { wait: PT2M }
            """;

        Assert.Equal(
            [
                "workflow.started", "task.created race", "task.started race", "task.created slow", "task.started slow", "task.created s", "task.started s",
                "task.created fast", "task.started fast", "task.completed fast", "task.cancelled s", "task.cancelled slow", "task.completed race", "workflow.completed",
            ],
            Short(Run(body, LifecycleScope.Task)));
    }

    [Fact]
    public void A_task_that_takes_too_long_faults_and_what_is_inside_is_cancelled() =>
        Assert.Equal(
            [
                "workflow.started", "task.created d", "task.started d", "task.created w", "task.started w", "task.cancelled w", "task.faulted d", "workflow.faulted",
            ],
            Short(Run("do:\n  - d: { do: [ { w: { wait: PT1H } } ], timeout: { after: PT1M } }\n", LifecycleScope.Task)));

    [Fact]
    public void A_listen_that_correlates_tells_the_keys_it_found()
    {
        var context = Run(
            "do:\n  - l: { listen: { to: { one: { with: { type: a }, correlate: { room: { from: .data.room } } } } } }\n",
            LifecycleScope.Workflow,
            (3, TestWorkflow.Event("a", "1", """{"room":"r2"}""")));

        Assert.Equal(["workflow.started", "workflow.correlation-started", "workflow.correlation-completed", "workflow.completed"], Short(context));
        TestWorkflow.IsJson(
            """{"name":"example-i1.test","completedAt":"2026-01-01T00:03:00.0000000Z","correlationKeys":{"room":"r2"}}""", context.Lifecycle[2]["data"]);
    }
}
