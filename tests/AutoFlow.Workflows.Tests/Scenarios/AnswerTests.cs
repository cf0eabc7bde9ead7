namespace AutoFlow.Workflows.Tests.Scenarios;

/// <summary>What a scenario gives is what the run gets.</summary>
public sealed class AnswerTests
{
    [Fact]
    public void Answers_come_in_turn_and_the_last_one_repeats() => Stories.Passes("""
          - name: A silent service is asked again
            given:
              answers:
                ask: [{ error: communication }, { found: true, text: Hi }]
                sendReply: null
            then:
              calls: [ask, ask, { sendReply: { text: Hi } }]
              took: PT2S
        """);

    [Fact]
    public void An_answer_may_serve_several_calls() => Stories.Passes("""
          - name: A silent service is asked twice more
            given:
              answers:
                ask: [{ error: communication, times: 2 }, { found: true }]
                sendReply: null
            then: { calls: [{ ask: , times: 3 }, sendReply] }
        """);

    [Fact]
    public void The_arguments_choose_an_answer_and_make_it() => Stories.Passes("""
          - name: Number 2 is found
            given:
              input: { number: 2 }
              answers:
                ask:
                  - { when: .number == 1, answer: { found: false } }
                  - { when: .number == 2, answer: { found: true, text: '${ "number \(.number)" }' } }
                sendReply: null
            then: { calls: [ask, { sendReply: { text: number 2 } }] }
        """);

    [Fact]
    public void Answers_take_their_time() => Stories.Passes("""
          - name: A slow service
            given: { answers: { ask: { answer: { found: true }, takes: PT3M }, sendReply: null } }
            then: { took: PT3M }
        """);

    [Fact]
    public void Events_come_at_their_times() => Stories.Passes("""
          - name: The word comes after two hours
            given:
              at: 2026-01-05T23:00:00+01:00
              answers:
                ask: [{ found: false }, { found: true }]
                sendReply: null
              events:
                - { at: 2026-01-06T00:00:00Z, type: word.given, data: 1 }
            then:
              path: [find, known, await, find, known, reply]
              took: PT2H
        """);

    [Fact]
    public void What_the_file_gives_to_all_is_replaced_by_name()
    {
        var read = Stories.Read("""
            workflow: example
            given:
              input: { number: 1, language: en }
              answers: { ask: { found: true, text: for all }, sendReply: null }
            scenarios:
              - name: As for all
                then: { calls: [{ ask: { number: 1 } }, { sendReply: { text: for all } }] }
              - name: Its own
                given: { input: { number: 7 }, answers: { ask: { found: true, text: mine } } }
                then: { calls: [{ ask: { number: 7 } }, { sendReply: { text: mine } }] }
            """);
        Assert.All(
            read.File!.Scenarios,
            scenario => Assert.Empty(Testing.Scenarios.ScenarioRunner.Run(read.File.Definition, scenario).Failures));
    }

    [Fact]
    public void A_missing_answer_is_told_with_its_cure() => Stories.Fails(
        "3:11",
        "task 'reply' needs an answer of 'sendReply': add 'sendReply:' under given.answers",
        "  - name: Nothing said\n    given: { answers: { ask: { found: true } } }\n");

    [Fact]
    public void Arguments_that_fit_no_answer_are_told() => Stories.Fails(
        "3:11",
        "task 'ask' calls 'ask' with arguments that no answer under given.answers fits",
        "  - name: Nothing fits\n    given: { answers: { ask: { when: .number == 9, answer: 1 } } }\n");

    [Fact]
    public void Calls_to_services_and_secrets_are_answered_too() => Stories.Passes(
        """
          - name: A service with a key
            given:
              secrets: { shop: { key: k-1 } }
              protocols: { http: { found: '${ .endpoint.uri }' } }
            then:
              calls: [{ http: { method: GET, headers: { authorization: 'secret:shop/key' } } }]
              output: { found: 'https://shop.example/orders/7' }
        """,
        """
        use: { secrets: [ shop ] }
        do:
          - look: { call: http, with: { method: get, endpoint: 'https://shop.example/orders/7', headers: { authorization: '${ $secrets.shop.key }' } } }
        """);

    [Fact]
    public void Child_workflows_answer_where_they_are_awaited_only() => Stories.Passes(
        """
          - name: Two children
            given: { workflows: { awaited: { done: '${ .n }' } } }
            then:
              started: [{ forgotten: { n: 1 } }, { awaited: { n: 2 } }]
              output: { done: 2 }
        """,
        """
        do:
          - one: { run: { await: false, workflow: { namespace: test, name: forgotten, version: latest, input: { n: 1 } } } }
          - two: { run: { workflow: { namespace: test, name: awaited, version: latest, input: { n: 2 } } } }
        """);
}
