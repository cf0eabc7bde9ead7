using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>What an example of the specification is given when it runs in virtual time, and how it must end.</summary>
internal sealed record Trial
{
    public const string Completes = "completes";

    private static readonly JqValue Pet = JqValue.Parse(
        """{"id":1,"name":"Rex","status":"available","homeworld":"https://swapi.dev/api/planets/1/"}""");

    /// <summary>The input as JSON.</summary>
    public string Input { get; init; } = "{}";

    /// <summary>The events that come, one a second.</summary>
    public IReadOnlyList<JqValue> Events { get; init; } = [];

    /// <summary>The statuses that calls answer with, one after another; the last one stays.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [200];

    /// <summary>The texts of what the example names from outside.</summary>
    public DefinitionResources Resources { get; init; } = DefinitionResources.Empty;

    /// <summary>How the run ends.</summary>
    public string Ends { get; init; } = Completes;

    /// <summary>How the example ends: completes, faults with an error, waits for ever, or is refused.</summary>
    public string Run(string name, string text)
    {
        var parsed = WorkflowParser.Parse(name, text, FunctionCatalog.Empty, Resources);
        if (!parsed.IsValid) return $"refused: {string.Join("; ", parsed.Errors.Select(static e => e.Message.Replace("not supported: ", "", StringComparison.Ordinal)).Distinct())}";
        var calls = 0;
        var context = new FakeWorkflowContext()
            .WithSecret("mySecret", JqValue.Parse("""{"authority":"https://id.example.org","grant":"client_credentials","client":{"id":"c","secret":"s"}}"""))
            .OnWorkflow("register-customer", static _ => FunctionAnswer.Of("""{"registered":true}"""));
        foreach (var protocol in (string[])[Execution.Protocols.Http, Execution.Protocols.OpenApi, Execution.Protocols.AsyncApi])
            context.OnProtocol(protocol, (call, _) => Answer(call, Statuses[Math.Min(calls++, Statuses.Count - 1)]));
        for (var i = 0; i < Events.Count; i++) context.Raise(TimeSpan.FromSeconds(i + 1), Events[i]);
        try
        {
            var result = context.Run(parsed.Definition, JqValue.Parse(Input));
            return result.Error is { } error ? $"faults with {error.Type.Split('/')[^1]} ({error.Status})" : Completes;
        }
        catch (InvalidOperationException e) when (e.Message.Contains("waits for something that will never come", StringComparison.Ordinal))
        {
            return $"waits for events without end; {context.ProtocolCalls.Count} calls for {Events.Count} events";
        }
    }

    private static FunctionAnswer Answer(ProtocolCall call, int status)
    {
        if (status >= 400) return FunctionAnswer.Failure(WorkflowError.Of(StandardErrors.Communication, "refused") with { Status = status });
        return FunctionAnswer.Of(call.Arguments["output"].AsString() != "response" ? Pet : JqValue.FromObject(
            ("request", JqValue.FromObject(("method", call.Arguments["method"]), ("uri", call.Arguments["endpoint"]["uri"]))),
            ("statusCode", JqValue.From(status)),
            ("content", Pet)));
    }
}
