using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Testing;
using AutoFlow.Workflows.Testing.Scenarios;

namespace AutoFlow.Workflows.Tests.Scenarios;

/// <summary>A definition can be run once, on the answers of a scenario file.</summary>
public sealed class LocalRunTests
{
    private const string Answers = """
        workflow: example
        given:
          input: { number: 1 }
          answers: { ask: { found: false }, sendReply: { sent: true } }
        scenarios:
          - name: Found
            given: { answers: { ask: { found: true, text: Hi } } }
        """;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_scenario_lends_its_answers()
    {
        var run = Of() with { Answers = new NamedText("a.yaml", Answers), Scenario = "Found" };
        Assert.Equal("{\"sent\":true}", (await run.RunAsync()).Result!.Output!.ToJson());
    }

    [Fact]
    public async Task Events_come_from_a_file_of_their_own_and_the_input_from_the_caller()
    {
        var moments = new List<RunObservation>();
        var run = Of() with
        {
            Answers = new NamedText("a.yaml", Answers.Replace("ask: { found: false }", "ask: [ { found: false }, { found: true } ]", StringComparison.Ordinal)),
            Events = new NamedText("e.json", """[{ "after": "PT3H", "type": "word.given" }]"""),
            Input = JqValue.Parse("{\"number\":5}"),
            Observer = moments.Add,
        };

        var result = await run.RunAsync();

        Assert.Equal(TimeSpan.FromHours(3), result.Took);
        Assert.Equal(Start, moments[0].At);
        Assert.Equal("{\"number\":5}", moments[0].Value!.ToJson());
    }

    [Fact]
    public async Task A_run_that_cannot_go_on_says_why()
    {
        Assert.Equal("task 'ask' needs an answer of 'ask': add 'ask:' under given.answers", (await Of().RunAsync()).Stopped);
        Assert.Equal(
            "the run waits for word.given at task 'await'", (await (Of() with { Answers = new NamedText("a.yaml", Answers) }).RunAsync()).Stopped);
    }

    [Fact]
    public async Task Wrong_files_are_told_and_nothing_runs()
    {
        var result = await (Of() with { Answers = new NamedText("a.yaml", Answers), Scenario = "Fuond", Events = new NamedText("e.yaml", "{}") }).RunAsync();
        Assert.Equal(
            ["no scenario is named 'Fuond' (did you mean 'Found'?)", "events must be a list, not a map (begin each event with '- after: PT2H')"],
            result.Findings.Select(static f => $"{f.Message} ({f.Hint})"));
        Assert.Null(result.Result);
        Assert.Null(result.Stopped);
    }

    [Fact]
    public async Task Virtual_time_stands_still_while_something_real_is_waited_for()
    {
        var called = new List<string>();
        var definition = TestWorkflow.Parse("""
            do:
              - look: { call: http, with: { method: get, endpoint: 'https://shop.example/orders/7' }, timeout: { after: PT1S } }
              - rest: { wait: PT1H }
            """);
        var run = new LocalRun(definition, TestWorkflow.Functions, Start)
        {
            Protocols = async (call, _) =>
            {
                await Task.Yield();
                called.Add(call.Protocol);
                return FunctionAnswer.Of("{\"found\":true}");
            },
        };

        var result = await run.RunAsync();

        Assert.Equal("{\"found\":true}", result.Result!.Output!.ToJson());
        Assert.Equal(TimeSpan.FromHours(1), result.Took);
        Assert.Equal(["http"], called);
    }

    private static LocalRun Of() => new(Definition(), TestWorkflow.Functions, Start);

    private static WorkflowDefinition Definition() => TestWorkflow.Parse(Stories.Definition);
}
