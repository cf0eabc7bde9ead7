using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests;

/// <summary>Writes, reads and runs the small definitions of the tests. The body's first line is line 6 of the file.</summary>
internal static class TestWorkflow
{
    public const string Header = "document:\n  dsl: '1.0.3'\n  namespace: test\n  name: example\n  version: '1.0.0'\n";

    public static readonly IFunctionCatalog Functions = new FunctionCatalog(
    [
        new FunctionSignature("lookUpShipment", [new("trackingNumber", true), new("carrier", false)]),
        new FunctionSignature("sendReply", [new("text", true)]),
        new FunctionSignature("ask", []) { TakesAnything = true },
        new FunctionSignature("step", []) { TakesAnything = true },
    ]);

    public static WorkflowParseResult Read(string body, string header = Header) =>
        WorkflowParser.Parse("example.yaml", header + body, Functions);

    public static WorkflowDefinition Parse(string body, string header = Header)
    {
        var result = Read(body, header);
        Assert.True(result.IsValid, string.Join('\n', result.Diagnostics));
        return result.Definition;
    }

    public static WorkflowResult Run(string body, string input = "{}", FakeWorkflowContext? context = null, InterpreterOptions? options = null) =>
        (context ?? new FakeWorkflowContext()).Run(Parse(body), JqValue.Parse(input), options);

    public static JqValue Output(string body, string input = "{}", FakeWorkflowContext? context = null)
    {
        var result = Run(body, input, context);
        Assert.False(result.IsFaulted, result.Error?.ToJson().ToJson());
        return result.Output!;
    }

    public static WorkflowError Error(string body, string input = "{}", FakeWorkflowContext? context = null, InterpreterOptions? options = null)
    {
        var result = Run(body, input, context, options);
        Assert.True(result.IsFaulted, result.Output?.ToJson());
        return result.Error!;
    }

    public static void IsJson(string expected, JqValue actual) => Assert.Equal(JqValue.Parse(expected), actual);

    /// <summary>The single finding of a body that is refused.</summary>
    public static Diagnostic OnlyError(string body, string header = Header)
    {
        var result = Read(body, header);
        Assert.False(result.IsValid);
        return Assert.Single(result.Errors);
    }

    /// <summary>Asserts place, message and hint of the only error.</summary>
    public static void Refused(string body, string place, string message, string? hint = null, string header = Header)
    {
        var error = OnlyError(body, header);
        Assert.Equal((place, message, hint), (error.Position.ToString(), error.Message, error.Hint));
        Assert.StartsWith($"example.yaml:{place}: error: {message}", error.Format(), StringComparison.Ordinal);
    }

    public static JqValue Event(string type, string id, string data = "null", string source = "/test") =>
        JqValue.FromObject(
            ("specversion", JqValue.From("1.0")),
            ("id", JqValue.From(id)),
            ("type", JqValue.From(type)),
            ("source", JqValue.From(source)),
            ("data", JqValue.Parse(data)));
}
