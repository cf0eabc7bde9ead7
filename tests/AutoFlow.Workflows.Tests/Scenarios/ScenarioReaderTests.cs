namespace AutoFlow.Workflows.Tests.Scenarios;

/// <summary>What is wrong in a scenario file is told at its place, with the word that was meant.</summary>
public sealed class ScenarioReaderTests
{
    [Fact]
    public void Every_wrong_word_is_told_at_once()
    {
        var read = Stories.Read("""
            workflow: example
            given:
              answers: { aks: 1 }
              events: [{ after: PT1H, type: word.give }, { type: word.given }]
            scenarios:
              - name: One
                given: { at: tomorrow }
                then:
                  calls: [{ sendReply: { txt: Hi } }, lookUp]
                  path: [finde]
                  ends: complete
                  error: comunication
              - name: One
              - nam: Three
            """);

        Assert.Null(read.File);
        string[] expected =
        [
            "3:14: example calls no 'aks' (did you mean 'ask'?)",
            "4:33: example listens to no 'word.give' (did you mean 'word.given'?)",
            "4:46: an event needs 'after' or 'at' (when does it come? write after: PT2H)",
            "7:18: 'tomorrow' is no time (write ISO 8601 with its offset, as 2026-01-05T09:00:00Z)",
            "9:30: function 'sendReply' has no argument 'txt' (did you mean 'text'?)",
            "9:43: example calls no 'lookUp' (known here: a2a, ask, asyncapi, http, mcp, openapi, sendReply)",
            "10:14: example has no 'finde' (did you mean 'find'?)",
            "11:13: 'ends' cannot be 'complete' (did you mean 'completed'?)",
            "12:14: no standard error is named 'comunication' (did you mean 'communication'?)",
            "13:11: two scenarios are named 'One' ()",
            "14:5: unknown property 'nam' in the scenario (did you mean 'name'?)",
            "14:5: the scenario needs 'name' ()",
        ];
        Assert.Equal(expected, read.Diagnostics.Select(static d => $"{d.Position}: {d.Message} ({d.Hint})"));
    }

    [Fact]
    public void A_definition_that_is_not_there_is_named()
    {
        var error = Assert.Single(Stories.Read("workflow: exmple\nscenarios: []\n").Diagnostics);
        Assert.Equal(("no definition here is named 'exmple'", "did you mean 'example'?"), (error.Message, error.Hint));
    }

    [Fact]
    public void Expressions_are_compiled_where_they_stand()
    {
        var error = Assert.Single(Stories.Read("""
            workflow: example
            scenarios:
              - name: One
                given: { answers: { ask: '${ .found + }' } }
            """).Diagnostics);
        Assert.StartsWith("example.scenarios.yaml:4:43: error: bad jq expression", error.Format(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_run_cannot_give_cannot_be_expected()
    {
        var read = Stories.Read("""
            workflow: example
            scenarios:
              - name: One
                then: { ends: waiting, output: 1, error: timeout }
            """);
        Assert.Equal(
            ["a run that ends waiting has no output", "a run that ends waiting has no error"], read.Diagnostics.Select(static d => d.Message));
    }

    [Fact]
    public void Parts_build_on_the_parts_before_them_and_a_broken_one_is_told()
    {
        var read = Stories.Read("""
            workflow: example
            parts:
              order: { number: 1 }
              big: '${ $parts.order + { total: 900 } }'
              broken: '${ $parts.order + 1 }'
            scenarios:
              - name: One
            """);
        var error = Assert.Single(read.Diagnostics);
        Assert.Equal("5:11", error.Position.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("workflow: example")]
    [InlineData("workflow: example\nscenarios: 1")]
    [InlineData("workflow: example\ngiven: 1\nscenarios:\n  - name: One")]
    [InlineData("workflow: example\nscenarios:\n  - name: One\n    given: { answers: { ask: [] }, events: 1 }\n    then: { calls: [{}], path: [1], emitted: 1 }")]
    [InlineData("workflow: example\nscenarios:\n  - name: One\n    given: { answers: { ask: { answer: 1, error: timeout } } }")]
    public void No_text_is_too_wrong_to_be_told_about(string text)
    {
        var read = Stories.Read(text);
        Assert.Null(read.File);
        Assert.NotEmpty(read.Diagnostics);
    }
}
