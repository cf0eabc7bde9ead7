using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class ListenTimeoutTests
{
    [Theory]
    [InlineData("{ all: [ { with: { type: a } }, { with: { type: b } } ] }")]
    [InlineData("{ any: [ { with: { type: a } } ], until: length == 2 }")]
    public void What_a_listen_consumed_before_its_time_was_up_does_not_come_again(string to)
    {
        var context = new FakeWorkflowContext()
            .Raise(TimeSpan.FromMinutes(1), TestWorkflow.Event("a", "1", "1"))
            .Raise(TimeSpan.FromMinutes(2), TestWorkflow.Event("c", "2", "2"))
            .Raise(TimeSpan.FromHours(2), TestWorkflow.Event("a", "3", "3"));
        var body =
            $$"""
            do:
              - guarded:
                  try:
                    - both: { listen: { to: {{to}} }, timeout: { after: PT1H } }
                  catch: { errors: { with: { status: 408 } } }
              - later: { listen: { to: { one: { with: { type: a } } } } }
            """;

        TestWorkflow.IsJson("[3]", TestWorkflow.Output(body, context: context));
    }
}
