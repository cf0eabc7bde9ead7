using AutoFlow.Workflows.Outline;

namespace AutoFlow.Workflows.Tests.Scenarios;

/// <summary>An outline says of each task what its author would say of it.</summary>
public sealed class OutlineTests
{
    [Theory]
    [InlineData("call: ask", "call ask")]
    [InlineData("wait: PT2S", "wait PT2S")]
    [InlineData("wait: { hours: 2, minutes: 5 }", "wait 2 hours 5 minutes")]
    [InlineData("set: { a: 1, b: 2 }", "set a, b")]
    [InlineData("raise: { error: { type: 'https://serverlessworkflow.io/spec/1.0.0/errors/timeout', status: 408 } }", "raise timeout")]
    [InlineData("emit: { event: { with: { type: order.cancelled } } }", "emit order.cancelled")]
    [InlineData("run: { workflow: { namespace: test, name: child, version: latest } }", "run child")]
    [InlineData("run: { await: false, workflow: { namespace: test, name: child, version: latest } }", "run child, not awaited")]
    [InlineData("listen: { to: { one: { with: { type: a.b } } } }", "listen a.b")]
    [InlineData("listen: { to: { any: [ { with: { type: a } }, { with: { type: b } } ] } }", "listen any of a, b")]
    [InlineData("{ for: { each: parcel, in: .parcels }, do: [ { x: { wait: PT1S } } ] }", "for each parcel in .parcels")]
    [InlineData("{ if: '${ .a   == 1 }', wait: PT1S }", "wait PT1S if .a == 1")]
    [InlineData("{ timeout: { after: PT5S }, call: ask }", "call ask within PT5S")]
    [InlineData("{ try: [ { x: { call: ask } } ], catch: { errors: { with: { type: 'urn:autoflow:error:gone', status: 422 } }, then: end } }", "try  on gone 422")]
    public void A_task_is_described(string task, string description)
    {
        var body = task.StartsWith('{') ? task : $"{{ {task} }}";
        var one = DefinitionOutline.Of(TestWorkflow.Parse($"do:\n  - a: {body}\n")).Tasks[0];
        var text = $"{one.Keyword} {one.Subject}";
        if (one.Condition is { } condition) text += $" if {condition}";
        if (one.Limit is { } limit) text += $" within {limit.After}";
        if (one.Catch is { } clause) text += $" on {clause.Errors}";
        Assert.Equal(description, text);
    }

    [Fact]
    public void Inner_tasks_have_the_pointers_that_the_run_shows()
    {
        const string body = """
            use:
              functions:
                helper: { set: { x: 1 } }
            do:
              - a/b:
                  try: [ { inner: { call: helper } } ]
                  catch: { do: [ { handle: { for: { in: .x }, do: [ { deep: { wait: PT1S } } ] } } ] }
            """;
        var outline = DefinitionOutline.Of(TestWorkflow.Parse(body));
        Assert.Equal(
            ["/do/0/a~1b", "/do/0/a~1b/try/0/inner", "/do/0/a~1b/catch/do/0/handle", "/do/0/a~1b/catch/do/0/handle/do/0/deep", "/use/functions/helper"],
            outline.AllTasks.Select(static t => t.Reference));
    }
}
