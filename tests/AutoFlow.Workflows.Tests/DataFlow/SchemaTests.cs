using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tests.DataFlow;

public class SchemaTests
{
    private const string Integer = "schema: { document: { type: integer } }";

    [Fact]
    public void The_workflows_raw_input_is_checked_before_it_is_transformed()
    {
        const string body = "input:\n  from: .n\n  schema: { format: json, document: { required: [n], properties: { n: { type: integer } } } }\ndo:\n  - a: { set: \"${ { n: . } }\" }\n";
        TestWorkflow.IsJson("""{"n":1}""", TestWorkflow.Output(body, """{"n":1}"""));
        Assert.Equal(Invalid("input.schema: /n: must be an integer, not a string", "/"), TestWorkflow.Error(body, """{"n":"1"}"""));
        Assert.Equal(Invalid("input.schema: needs 'n'", "/"), TestWorkflow.Error(body));
    }

    [Fact]
    public void A_tasks_raw_input_is_checked_after_its_condition_and_before_it_is_transformed()
    {
        const string body = "do:\n  - a:\n      if: . != null\n      input: { from: \"{}\", " + Integer + " }\n      set: { x: 1 }\n";
        TestWorkflow.IsJson("""{"x":1}""", TestWorkflow.Output(body, "1"));
        TestWorkflow.IsJson("null", TestWorkflow.Output(body, "null"));
        Assert.Equal(Invalid("input.schema: must be an integer, not a string", "/do/0/a"), TestWorkflow.Error(body, "\"s\""));
    }

    [Fact]
    public void A_tasks_output_is_checked_after_it_is_transformed()
    {
        const string body = "do:\n  - a:\n      set: { n: '${ . }' }\n      output: { as: .n, " + Integer + " }\n";
        TestWorkflow.IsJson("1", TestWorkflow.Output(body, "1"));
        Assert.Equal(Invalid("output.schema: must be an integer, not a string", "/do/0/a"), TestWorkflow.Error(body, "\"s\""));
    }

    [Fact]
    public void An_export_is_checked_before_it_becomes_the_context()
    {
        const string body =
            "do:\n  - t:\n      try:\n        - a:\n            set: { n: '${ . }' }\n            export: { as: .n, " + Integer + " }\n      catch: { errors: { with: { status: 400 } } }\n  - b: { set: { c: '${ $context }' } }\n";
        TestWorkflow.IsJson("""{"c":1}""", TestWorkflow.Output(body, "1"));
        TestWorkflow.IsJson("""{"c":"s"}""", TestWorkflow.Output(body, "\"s\""));
        TestWorkflow.IsJson("""{"c":1.5}""", TestWorkflow.Output(body, "1.5"));
    }

    [Fact]
    public void An_export_schema_without_export_checks_the_context_as_it_is()
    {
        const string body = "do:\n  - a: { set: { n: 1 }, export: { " + Integer + " } }\n";
        Assert.Equal(Invalid("export.schema: must be an integer, not an object", "/do/0/a"), TestWorkflow.Error(body));
        TestWorkflow.IsJson("""{"n":1}""", TestWorkflow.Output(body, "5"));
    }

    [Fact]
    public void The_workflows_output_is_checked_after_it_is_transformed()
    {
        const string body = "do:\n  - a: { set: { n: '${ . }' } }\noutput: { as: .n, " + Integer + " }\n";
        TestWorkflow.IsJson("1", TestWorkflow.Output(body, "1"));
        Assert.Equal(Invalid("output.schema: must be an integer, not a string", "/"), TestWorkflow.Error(body, "\"s\""));
    }

    [Fact]
    public void A_function_of_the_definition_checks_its_arguments()
    {
        const string body =
            "use:\n  functions:\n    half:\n      input: { schema: { document: { required: [n], properties: { n: { multipleOf: 2 } } } } }\n      set: { half: '${ .n / 2 }' }\ndo:\n  - a: { call: half, with: { n: '${ . }' } }\n";
        TestWorkflow.IsJson("""{"half":2}""", TestWorkflow.Output(body, "4"));
        Assert.Equal("input.schema: /n: must be a multiple of 2", TestWorkflow.Error(body, "3").Detail);
    }

    [Fact]
    public void Many_errors_are_counted()
    {
        const string body = "input: { schema: { document: { items: { type: string } } } }\ndo:\n  - a: { set: { k: 1 } }\n";
        Assert.Equal(
            "input.schema: /0: must be a string, not an integer; /1: must be a string, not an integer; /2: must be a string, not an integer; "
            + "/3: must be a string, not an integer; /4: must be a string, not an integer; and 2 more",
            TestWorkflow.Error(body, "[1,2,3,4,5,6,7]").Detail);
    }

    [Theory]
    [InlineData("document: { type: strng }", "9:31", "schema: unknown type 'strng'", "did you mean 'string'?")]
    [InlineData("document: { properties: { a: { minimum: x } } }", "9:53", "schema: 'minimum' must be a number, not a string", null)]
    [InlineData("document: 1", "9:23", "schema: a schema must be a map, or true or false, not an integer", null)]
    [InlineData("documnt: {}", "9:13", "unknown property 'documnt' in 'input.schema'", "did you mean 'document'?")]
    [InlineData("format: jsn, document: {}", "9:21", "'format' cannot be 'jsn'", "did you mean 'json'?")]
    [InlineData("format: 'json:2020-21', document: {}", "9:21", "unknown version '2020-21' of JSON Schema", "did you mean '2020-12'?")]
    [InlineData("document: { $ref: '#/$defs/a' }", "9:31", "schema: '#/$defs/a' leads nowhere", null)]
    public void A_wrong_schema_is_refused_where_it_stands(string schema, string place, string message, string? hint)
    {
        var errors = TestWorkflow.Read("do:\n  - a: { set: { k: 1 } }\ninput:\n  schema: { " + schema + " }\n").Errors;
        Assert.Contains((place, message, hint), errors.Select(static e => (e.Position.ToString(), e.Message, e.Hint)));
    }

    [Fact]
    public void Another_format_is_refused_with_its_reason() => Assert.StartsWith(
        "not supported: schema.format other than json: values are checked against JSON Schema only",
        TestWorkflow.OnlyError("do:\n  - a: { set: { k: 1 } }\ninput: { schema: { format: avro, document: {} } }\n").Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_typo_in_a_schema_is_a_warning_at_the_keyword()
    {
        var result = TestWorkflow.Read("do:\n  - a: { set: { k: 1 } }\ninput: { schema: { document: { requird: [a] } } }\n");
        var warning = Assert.Single(result.Diagnostics);
        Assert.True(result.IsValid);
        Assert.Equal(("8:32", "did you mean 'required'?"), (warning.Position.ToString(), warning.Hint));
    }

    [Fact]
    public void Schemas_are_read_from_resources_and_from_those_that_they_refer_to()
    {
        const string text = TestWorkflow.Header + "input: { schema: { resource: { endpoint: schemas/order.yaml } } }\ndo:\n  - a: { set: { ok: true } }\n";
        var resources = DefinitionResources.Empty
            .With(new Uri("file:///schemas/order.yaml"), "properties:\n  to: { $ref: address.json }\n")
            .With(new Uri("file:///schemas/address.json"), """{"required":["street"]}""");
        var parsed = WorkflowParser.Parse("example.yaml", text, TestWorkflow.Functions, resources);
        Assert.True(parsed.IsValid, string.Join('\n', parsed.Diagnostics));
        var result = new Testing.FakeWorkflowContext().Run(parsed.Definition, JqValue.Parse("""{"to":{}}"""), null);
        Assert.Equal("input.schema: /to: needs 'street'", result.Error?.Detail);
        Assert.Equal(["file:///schemas/address.json", "file:///schemas/order.yaml"], parsed.Definition.Resources.Uris);
    }

    private static WorkflowError Invalid(string detail, string instance) => WorkflowError.Of(StandardErrors.Validation, detail) with { Instance = instance };
}
