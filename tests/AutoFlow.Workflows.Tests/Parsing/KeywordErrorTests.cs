namespace AutoFlow.Workflows.Tests.Parsing;

public class KeywordErrorTests
{
    [Fact]
    public void An_unknown_task_keyword() => TestWorkflow.Refused(
        "do:\n  - look:\n      cal: lookUpShipment\n", "8:7", "unknown keyword 'cal' in task 'look'", "did you mean 'call'?");

    [Fact]
    public void An_unknown_property_of_a_task() => TestWorkflow.Refused(
        "do:\n  - a:\n      set: { x: 1 }\n      thn: end\n", "9:7", "unknown property 'thn' in task 'a'", "did you mean 'then'?");

    [Fact]
    public void An_unknown_property_of_the_workflow() => TestWorkflow.Refused(
        "do:\n  - a: { set: { x: 1 } }\noutptu: { as: . }\n", "8:1", "unknown property 'outptu' in the workflow", "did you mean 'output'?");

    [Fact]
    public void An_unknown_property_deep_inside() => TestWorkflow.Refused(
        "do:\n  - a:\n      try: [ { b: { set: { x: 1 } } } ]\n      catch:\n        errors:\n          with: { statsu: 1 }\n",
        "11:19",
        "unknown property 'statsu' in catch.errors.with",
        "did you mean 'status'?");

    [Fact]
    public void A_task_without_keyword() => TestWorkflow.Refused(
        "do:\n  - idle:\n      then: end\n",
        "7:5",
        "task 'idle' does nothing",
        "it needs one of call, do, emit, for, fork, listen, raise, run, set, switch, try, wait");

    [Fact]
    public void A_task_with_two_keywords() => TestWorkflow.Refused(
        "do:\n  - a:\n      set: { x: 1 }\n      wait: PT1S\n", "9:7", "task 'a' has two keywords: 'set' and 'wait'");

    [Fact]
    public void A_word_that_is_like_no_other_gets_the_list_of_words() => TestWorkflow.Refused(
        "do:\n  - a:\n      run: { workflow: { namespace: a, name: b, version: latest, zzzzzzz: 1 } }\n",
        "8:66",
        "unknown property 'zzzzzzz' in run.workflow",
        "known here: input, name, namespace, version");
}
