using AutoFlow.Workflows.Diagnostics;

namespace AutoFlow.Workflows.Tests.Parsing;

public class TransitionTests
{
    [Fact]
    public void A_missing_target() => TestWorkflow.Refused(
        "do:\n  - a:\n      set: { x: 1 }\n      then: notifyy\n  - notify:\n      set: { x: 2 }\n",
        "9:13",
        "no task 'notifyy' in this list to go to",
        "did you mean 'notify'?");

    [Fact]
    public void A_target_in_another_list() => TestWorkflow.Refused(
        "do:\n  - a:\n      do:\n        - inner: { set: { x: 1 }, then: outer }\n  - outer: { set: { x: 1 } }\n",
        "9:41",
        "no task 'outer' in this list to go to",
        "known here: continue, end, exit, inner");

    [Fact]
    public void A_case_and_a_catch_are_checked_too()
    {
        var errors = TestWorkflow.Read(
            "do:\n  - a: { switch: [ { c: { when: .x, then: nowhere } } ] }\n  - b: { try: [ { i: { set: { x: 1 } } } ], catch: { then: nobody } }\n").Errors;

        Assert.Equal(
            ["no task 'nowhere' in this list to go to", "no task 'nobody' in this list to go to"], errors.Select(static e => e.Message));
    }

    [Fact]
    public void Two_tasks_of_one_name() => TestWorkflow.Refused(
        "do:\n  - a: { set: { x: 1 } }\n  - a: { set: { x: 2 } }\n", "8:5", "two tasks of this list are named 'a'", "give each task of a list its own name");

    [Fact]
    public void A_task_named_like_a_directive() => TestWorkflow.Refused(
        "do:\n  - end: { set: { x: 1 } }\n", "7:5", "a task cannot be named 'end': that is a flow directive");

    [Fact]
    public void A_task_that_nothing_leads_to_is_a_warning()
    {
        var result = TestWorkflow.Read(
            """
            do:
              - a: { switch: [ { x: { when: .x, then: c } }, { y: { then: d } } ] }
              - b: { set: { x: 1 } }
              - c: { raise: { error: { type: 'urn:x', status: 400 } } }
              - d: { set: { x: 1 }, if: .x, then: end }
              - e: { set: { x: 1 } }
            """);

        Assert.True(result.IsValid);
        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal(
            (DiagnosticSeverity.Warning, "8:5", "task 'b' is never reached"), (warning.Severity, warning.Position.ToString(), warning.Message));
        Assert.Equal(result.Diagnostics, result.Definition!.Warnings);
    }

    [Fact]
    public void Thousands_of_missing_targets_are_all_found_and_the_first_ones_get_a_hint()
    {
        var tasks = Enumerable.Range(0, 4_000).Select(static i => $"  - task{i:d5}longName:\n      set: {{ x: 1 }}\n      then: tusk{i:d5}longName\n");
        var errors = TestWorkflow.Read("do:\n" + string.Concat(tasks)).Errors.ToList();

        Assert.Equal(4_000, errors.Count);
        Assert.Equal(5, errors.TakeWhile(static e => e.Hint is not null).Count());
        Assert.All(errors.Skip(5), static e => Assert.Null(e.Hint));
    }
}
