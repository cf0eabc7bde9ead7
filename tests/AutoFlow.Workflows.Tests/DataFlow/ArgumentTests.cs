using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.DataFlow;

public class ArgumentTests
{
    [Fact]
    public void Expressions_see_the_run_the_task_and_the_runtime()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - a:
                  metadata: { owner: ops }
                  set:
                    id: ${ $workflow.id }
                    name: ${ $workflow.definition.document.name }
                    started: ${ $workflow.startedAt.iso8601 }
                    epoch: ${ $workflow.startedAt.epoch.seconds }
                    task: ${ [$task.name, $task.reference, $task.definition.metadata.owner, $task.startedAt.epoch.milliseconds] }
                    runtime: ${ $runtime.name }
            """,
            context: new FakeWorkflowContext { InstanceId = "run-1" });

        TestWorkflow.IsJson(
            """
            {"id":"run-1","name":"example","started":"2026-01-01T00:00:00.000Z","epoch":1767225600,
             "task":["a","/do/0/a","ops",1767225600000],"runtime":"AutoFlow"}
            """,
            output);
    }

    [Fact]
    public void The_time_of_expressions_is_the_runs_time() =>
        TestWorkflow.IsJson("1767225600", TestWorkflow.Output("do:\n  - a: { set: \"${ now }\" }\n"));
}
