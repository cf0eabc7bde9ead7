using AutoFlow.Support.Policies;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Cli.Tests.Schemas;

public class EditorSchemaTests
{
    private static readonly string Workflows = Path.Combine(EditorSchema.Root, "workflows");

    public static TheoryData<string> Shipped => new(
        new[] { "policies", "replies" }.SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Workflows, folder), "*.yaml"))
            .Concat(Directory.EnumerateFiles(Workflows, "*.scenarios.yaml"))
            .Select(static file => Path.GetRelativePath(Workflows, file)));

    public static TheoryData<string> Policies =>
        new(Directory.EnumerateFiles(Path.Combine(Workflows, "policies"), "*.yaml").Select(static f => Path.GetFileName(f)));

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_file_fits_the_schema_that_it_names(string file)
    {
        var path = Path.Combine(Workflows, file);
        Assert.Empty(EditorSchema.Of(path).Validate(File.ReadAllText(path)));
    }

    /// <summary>What came after policies were written may be left out of them.</summary>
    private static readonly string[] Optional = ["tooMany", "burst"];

    /// <summary>The policies' readers ask for every key and refuse every other, so a shipped file has exactly those that they know.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policys_schema_knows_the_properties_that_its_reader_knows(string file)
    {
        var path = Path.Combine(Workflows, "policies", file);
        Assert.Empty(PolicyBook.Load(Path.GetDirectoryName(path)!).Errors);
        var schema = EditorSchema.Of(path).Json;
        SameProperties(schema, schema, EditorSchema.Value(File.ReadAllText(path)), file);
    }

    [Theory]
    [InlineData("policies/delivery.yaml", "overdueGrace: 1 day ", "overdueGrace: 1 dya ", "/overdueGrace")]
    [InlineData("policies/delivery.yaml", "shipsFrom: DE", "shipsFrom: Germany", "/shipsFrom")]
    [InlineData("policies/delivery.yaml", "overdueGrace:", "overdueGarce:", "/overdueGarce")]
    [InlineData("policies/compensation.yaml", "[150 EUR,", "[150 ERU,", "/automaticRefund/0")]
    [InlineData("policies/compensation.yaml", "lost: reship", "lost: reshp", "/prefer/lost")]
    [InlineData("policies/cancellation.yaml", "30 days", "36 hours", "/returnWithin")]
    [InlineData("policies/review.yaml", "sentimentBelow: -0.6", "sentimentBelow: -6", "/hold/sentimentBelow")]
    [InlineData("policies/routing.yaml", "actFrom: 50 %", "actFrom: 150 %", "/actFrom")]
    [InlineData("policies/departments.yaml", "answerWithin: 4 hours", "answerWithin: soon", "/departments/operations/answerWithin")]
    [InlineData("replies/languages.yaml", "Hello {name},", "Hello {nmae},", "/languages/en/greeting")]
    [InlineData("replies/conversation.yaml", "Thank you for letting us know.", "Thank you for {letting us know.", "/thanks/en")]
    public void An_editor_marks_a_mistake(string file, string from, string to, string at)
    {
        var path = Path.Combine(Workflows, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        Assert.Contains(at, EditorSchema.Of(path).Validate(text.Replace(from, to, StringComparison.Ordinal)).Select(static e => e.Value));
    }

    [Theory]
    [InlineData("workflow: a\nscenarios:\n  - name: x\n    then: { ends: waits }\n", "/scenarios/0/then/ends")]
    [InlineData("workflow: a\nscenarios:\n  - name: x\n    givn: {}\n", "/scenarios/0/givn")]
    [InlineData("workflow: a\ngiven: { answers: { look: { error: communication, tiems: 2 } } }\nscenarios: [ { name: x } ]\n", null)]
    [InlineData("workflow: a\ngiven: { answers: { look: { error: communication, times: many } } }\nscenarios: [ { name: x } ]\n", "/given/answers/look/times")]
    [InlineData("workflow: a\ngiven: { events: [ { type: t } ] }\nscenarios: [ { name: x } ]\n", "/given/events/0")]
    [InlineData("workflow: a\nscenarios: []\n", "/scenarios")]
    public void An_editor_marks_a_mistake_in_a_scenario(string text, string? at)
    {
        var errors = EditorSchema.Open(Path.Combine(EditorSchema.Root, "schemas", "scenarios.schema.json")).Validate(text);
        Assert.Equal(at, errors.Select(static e => e.Value).FirstOrDefault());
    }

    private static void SameProperties(JqValue schema, JqValue document, JqValue value, string path)
    {
        if (schema["$ref"].AsString() is { } reference && reference.StartsWith("#/$defs/", StringComparison.Ordinal))
            schema = document["$defs"][reference["#/$defs/".Length..]];
        if (!schema.TryGetProperty("properties", out var properties)) return;
        Assert.False(schema["additionalProperties"].IsTruthy, path);
        Assert.Equal(value.Properties.Select(static p => p.Key).Order(), properties.Properties.Select(static p => p.Key).Order());
        Assert.Equal(value.Properties.Select(static p => p.Key).Except(Optional).Order(), schema["required"].Items.Select(static i => i.AsString()).Order());
        foreach (var (name, property) in properties.Properties) SameProperties(property, document, value[name], $"{path}/{name}");
    }
}
