namespace AutoFlow.Workflows.Tests.Scenarios;

/// <summary>What is not as expected is told at the expectation's place, with what was there instead.</summary>
public sealed class ExpectationTests
{
    private const string Found = "  - name: Found\n    given: { input: { number: 1 }, answers: { ask: { found: true, text: Hi }, sendReply: { sent: { at: 9 } } } }\n    then:\n";
    private const string NotFound = "  - name: Lost\n    given: { answers: { ask: { found: false } } }\n    then:\n";

    [Theory]
    [InlineData("calls: [ask, { sendReply: { text: Bye } }]", "6:41", "call 2, sendReply .text: expected \"Bye\", but \"Hi\"")]
    [InlineData("calls: [ask, { sendReply: { text: '${ length > 3 }' } }]", "6:41", "call 2, sendReply .text: expected length > 3 to hold, but \"Hi\"")]
    [InlineData("calls: [{ ask: '${ .number == 2 }' }, sendReply]", "6:22", "call 1, ask: expected .number == 2 to hold, but {\"number\":1}")]
    [InlineData("calls: [ask, ask]", "6:20", "expected call 2 to be ask, but it was sendReply")]
    [InlineData("calls: [ask, sendReply, ask]", "6:31", "expected call 3 to be ask, but there was no call after 2")]
    [InlineData("calls: [ask]", "6:15", "expected no call after this ask, but there was sendReply")]
    [InlineData("calls: []", "6:7", "expected no call after the start, but there was ask, sendReply")]
    [InlineData("path: [find, await]", "6:20", "expected the path to go to 'await', but it went to 'known'")]
    [InlineData("path: [find, known]", "6:20", "expected the path to end here, but it went to 'reply'")]
    [InlineData("output: { sent: { at: 8 } }", "6:29", "output .sent.at: expected 8, but 9")]
    [InlineData("output: { sent: [] }", "6:23", "output .sent: expected a list of 0 items, but {\"at\":9}")]
    [InlineData("at: find", "6:11", "expected the run to end at 'find', but it ended at 'reply'")]
    [InlineData("took: PT2H", "6:13", "expected the run to take PT2H, but PT0S")]
    [InlineData("took: { atLeast: PT1S }", "6:13", "expected the run to take PT1S to any time, but PT0S")]
    [InlineData("emitted: [{ type: a }]", "6:7", "expected 1 events, but 0: none")]
    [InlineData("started: [await]", "6:17", "example runs no 'await'")]
    public void A_difference_is_told_at_its_place(string then, string place, string message)
    {
        if (then.StartsWith("started", StringComparison.Ordinal))
        {
            var refused = Assert.Single(Stories.Read("workflow: example\nscenarios:\n" + Found + "      " + then).Diagnostics);
            Assert.Equal((place, message), (refused.Position.ToString(), refused.Message));
            return;
        }

        Stories.Fails(place, message, Found + "      " + then);
    }

    [Fact]
    public void A_run_that_waits_for_ever_says_for_what() => Stories.Fails(
        "6:7", "expected the run to complete, but it waits for word.given at task 'await'", NotFound + "      calls: [ask]");

    [Fact]
    public void Waiting_can_be_what_is_expected() => Stories.Passes(NotFound + "      { ends: waiting, at: await, path: [find, known, await] }");

    [Fact]
    public void A_fault_that_nobody_expected_is_told_with_its_place()
    {
        const string scenario = "  - name: Broken\n    given: { answers: { ask: { error: { type: urn:bad, status: 422, detail: No. } } } }\n";
        Stories.Fails("3:11", "expected the run to complete, but it faulted at /do/0/find/try/0/ask with urn:bad (422): No.", scenario);
        Stories.Passes(scenario + "    then: { error: { type: urn:bad, status: 422 }, at: ask }");
        Stories.Passes(scenario + "    then: { error: urn:bad, calls: [ask] }");
    }

    [Fact]
    public void Members_that_are_not_named_are_free_and_null_means_none() =>
        Stories.Passes(Found + "      { output: { sent: {}, other: null }, calls: [{ ask: { language: null } }, { sendReply: }] }");

    [Fact]
    public void Tasks_inside_others_may_be_named_or_left_out()
    {
        Stories.Passes(Found + "      { path: [find, known, reply] }");
        Stories.Passes(Found + "      { path: [find, ask, known, reply] }");
    }

    [Fact]
    public void Calls_of_reading_functions_need_not_be_named()
    {
        const string file = """
            workflow: example
            reads: [ask]
            given: { answers: { ask: { found: true, text: Hi }, sendReply: null } }
            scenarios:
              - name: Without
                then: { calls: [sendReply] }
              - name: With
                then: { calls: [ask, sendReply] }
            """;
        var read = Stories.Read(file).File!;
        Assert.All(read.Scenarios, scenario => Assert.Empty(Testing.Scenarios.ScenarioRunner.Run(read.Definition, scenario).Failures));
    }

    [Fact]
    public void The_story_is_told_beside_a_failure()
    {
        var story = Stories.Run(Found + "      calls: []").Story;
        Assert.Equal(["call 1: ask {\"number\":1}", "call 2: sendReply {\"text\":\"Hi\"}", "end: completed with {\"sent\":{\"at\":9}} after PT0S"], story);
    }

    [Fact]
    public void Emitted_events_are_compared_in_order()
    {
        const string definition = "do:\n  - say: { emit: { event: { with: { type: order.cancelled, data: { number: 1 } } } } }\n";
        Stories.Passes("  - name: Said\n    then: { emitted: [{ type: order.cancelled, data: { number: 1 } }] }", definition);
        Stories.Fails("4:64", "event 1 .data.number: expected 2, but 1", "  - name: Said\n    then: { emitted: [{ type: order.cancelled, data: { number: 2 } }] }", definition);
    }
}
