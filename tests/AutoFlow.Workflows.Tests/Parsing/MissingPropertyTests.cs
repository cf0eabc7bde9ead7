using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tests.Parsing;

public class MissingPropertyTests
{
    [Theory]
    [InlineData("do:\n  - a: { switch: [ { c: { when: .x } } ] }\n", "7:25", "case 'c' needs 'then'")]
    [InlineData("do:\n  - a: { try: [ { b: { set: { x: 1 } } } ] }\n", "7:8", "task 'a' needs 'catch'")]
    [InlineData("do:\n  - a: { for: { each: x }, do: [ { b: { set: { x: 1 } } } ] }\n", "7:15", "'for' needs 'in'")]
    [InlineData("do:\n  - a: { for: { in: .x } }\n", "7:8", "task 'a' needs 'do'")]
    [InlineData("do:\n  - a: { raise: { error: { type: x } } }\n", "7:26", "the error needs 'status'")]
    [InlineData("do:\n  - a: { emit: { event: { with: { source: x } } } }\n", "7:33", "emit.event.with needs 'type'")]
    [InlineData("do:\n  - a: { listen: { read: data } }\n", "7:18", "'listen' needs 'to'")]
    [InlineData("do:\n  - a: { run: { workflow: { name: x, version: latest } } }\n", "7:27", "run.workflow needs 'namespace'")]
    [InlineData("do:\n  - a: { wait: PT1S, timeout: {} }\n", "7:31", "timeout needs 'after'")]
    [InlineData("use: {}\n", "1:1", "the workflow needs 'do'")]
    public void A_required_property_is_missing(string body, string place, string message) => TestWorkflow.Refused(body, place, message);

    [Fact]
    public void Everything_that_is_missing_is_told_at_once()
    {
        var errors = WorkflowParser.Parse("f.yaml", "document: {}\n", FunctionCatalog.Empty).Errors.Select(static e => e.Format().Split('\n')[0]);

        Assert.Equal(
            [
                "f.yaml:1:1: error: the workflow needs 'do'",
                "f.yaml:1:11: error: 'document' needs 'dsl'",
                "f.yaml:1:11: error: 'document' needs 'namespace'",
                "f.yaml:1:11: error: 'document' needs 'name'",
                "f.yaml:1:11: error: 'document' needs 'version'",
            ],
            errors);
    }
}
