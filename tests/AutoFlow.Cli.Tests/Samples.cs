namespace AutoFlow.Cli.Tests;

/// <summary>Small files that the tests write.</summary>
internal static class Samples
{
    /// <summary>Asks, and replies where something was found.</summary>
    public const string Definition = """
        document: { dsl: 1.0.3, namespace: test, name: find, version: 1.0.0, title: Find & tell }
        do:
          - question:
              try: [ { ask: { call: ask, with: { number: '${ $workflow.input.number }' } } } ]
              catch: { errors: { with: { status: 404 } }, then: sorry }
          - known:
              switch:
                - yes: { when: .found, then: tell }
                - no: { then: sorry }
          - tell: { call: sendReply, with: { text: Here }, then: end }
          - sorry: { call: sendReply, with: { text: Sorry } }
        """;

    /// <summary>Covers all but the case <c>no</c>.</summary>
    public const string Scenarios = """
        workflow: find
        given: { answers: { ask: { found: true }, sendReply: { sent: true } } }
        scenarios:
          - name: What is there is told
            then: { calls: [ask, { sendReply: { text: Here } }] }
          - name: What is gone is regretted
            given: { answers: { ask: { error: { type: urn:gone, status: 404 } } } }
            then: { calls: [ask, { sendReply: { text: Sorry } }] }
        """;
}
