using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Testing.Scenarios;

namespace AutoFlow.Workflows.Tests.Scenarios;

/// <summary>Reads and runs the small scenario files of the tests. They are about the definition <c>example</c>.</summary>
internal static class Stories
{
    /// <summary>Asks, and replies with what was found; waits for a word where nothing was.</summary>
    public const string Definition = """
        do:
          - find:
              try:
                - ask: { call: ask, with: { number: '${ $workflow.input.number }' } }
              catch:
                errors: { with: { type: https://serverlessworkflow.io/spec/1.0.0/errors/communication } }
                retry: { delay: PT2S, limit: { attempt: { count: 2 } } }
          - known:
              switch:
                - yes: { when: .found, then: reply }
                - no: { then: await }
          - await:
              listen: { to: { one: { with: { type: word.given } } } }
              then: find
          - reply:
              call: sendReply
              with: { text: '${ .text }' }
        """;

    public static ScenarioReadResult Read(string scenarios, string definition = Definition)
    {
        var catalog = new DefinitionCatalog(TestWorkflow.Functions);
        var published = catalog.Publish("example.yaml", TestWorkflow.Header + definition);
        Assert.True(published.IsValid, string.Join('\n', published.Diagnostics));
        return ScenarioReader.Read("example.scenarios.yaml", scenarios, catalog, TestWorkflow.Functions);
    }

    /// <summary>Reads a file with one scenario and runs it. The scenario begins at line 3 of the file.</summary>
    public static ScenarioResult Run(string scenario, string definition = Definition)
    {
        var read = Read("workflow: example\nscenarios:\n" + scenario, definition);
        Assert.True(read.File is not null, string.Join('\n', read.Diagnostics));
        return ScenarioRunner.Run(read.File.Definition, Assert.Single(read.File.Scenarios));
    }

    /// <summary>Asserts that the scenario passes.</summary>
    public static void Passes(string scenario, string definition = Definition)
    {
        var result = Run(scenario, definition);
        Assert.True(result.Passed, string.Join('\n', result.Failures) + '\n' + string.Join('\n', result.Story));
    }

    /// <summary>Asserts the only failure's place and message.</summary>
    public static void Fails(string place, string message, string scenario, string definition = Definition)
    {
        var failure = Assert.Single(Run(scenario, definition).Failures);
        Assert.Equal($"example.scenarios.yaml:{place}: error: {message}", failure.Format().Split("\n  ")[0]);
    }
}
