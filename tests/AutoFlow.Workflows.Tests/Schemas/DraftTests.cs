using AutoFlow.Workflows.Schemas;

namespace AutoFlow.Workflows.Tests.Schemas;

public class DraftTests
{
    [Theory]
    [InlineData("http://json-schema.org/draft-04/schema#", """{"id":"http://x.org/","minimum":1,"exclusiveMinimum":true}""", "2", "1")]
    [InlineData("http://json-schema.org/draft-04/schema", """{"definitions":{"a":{"id":"#n","type":"string"}},"$ref":"#n"}""", "\"a\"", "1")]
    [InlineData("http://json-schema.org/draft-06/schema#", """{"const":1,"exclusiveMaximum":2}""", "1", "2")]
    [InlineData("http://json-schema.org/draft-07/schema#", """{"items":[{"type":"string"}],"additionalItems":{"type":"integer"}}""", "[\"a\",1]", "[\"a\",\"b\"]")]
    [InlineData("http://json-schema.org/draft-07/schema#", """{"dependencies":{"a":["b"],"c":{"required":["d"]}}}""", """{"a":1,"b":1,"c":1,"d":1}""", """{"c":1}""")]
    [InlineData("http://json-schema.org/draft-07/schema#", """{"dependencies":{"a":["b"],"c":{"required":["d"]}}}""", """{"b":1}""", """{"a":1}""")]
    [InlineData("http://json-schema.org/draft-07/schema#", """{"definitions":{"a":{"$id":"#n","type":"string"}},"$ref":"#n","minimum":5}""", "\"a\"", "1")]
    [InlineData("https://json-schema.org/draft/2019-09/schema", """{"items":[true],"unevaluatedItems":false}""", "[1]", "[1,2]")]
    [InlineData("https://json-schema.org/draft/2020-12/schema", """{"prefixItems":[true],"unevaluatedItems":false}""", "[1]", "[1,2]")]
    public void The_draft_named_by_schema_holds(string uri, string schema, string fitting, string other) =>
        Schema.Takes(schema.Insert(1, $"\"$schema\":\"{uri}\","), [fitting], [other]);

    [Fact]
    public void To_draft_7_a_reference_stands_alone() =>
        Schema.Takes("""{"$ref":"#/definitions/a","maximum":1,"definitions":{"a":{}}}""", ["5"], [], Schema.In(SchemaDraft.Draft7));

    [Theory]
    [InlineData("""{"items":[true]}""", "/items", "'items' must be one schema", "a schema for each place is written under 'prefixItems'")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-21/schema"}""", "/$schema",
        "'https://json-schema.org/draft/2020-21/schema' is no draft of JSON Schema that is known here", "did you mean 'https://json-schema.org/draft/2020-12/schema'?")]
    public void What_the_draft_does_not_know_is_refused(string schema, string pointer, string message, string hint) =>
        Assert.Equal(new SchemaProblem(pointer, message, hint), Assert.Single(Schema.Problems(schema)));

    [Theory]
    [InlineData("additionalItems", "in draft 2020-12 this is 'items' beside 'prefixItems'")]
    [InlineData("dependencies", "since draft 2019-09 this is 'dependentRequired' or 'dependentSchemas'")]
    [InlineData("requierd", "did you mean 'required'?")]
    [InlineData("poperties", "did you mean 'properties'?")]
    [InlineData("colour", null)]
    public void An_unknown_keyword_is_a_warning_with_the_right_word(string keyword, string? hint) => Assert.Equal(
        new SchemaProblem($"/{keyword}", $"'{keyword}' is no keyword of JSON Schema and does nothing", hint, IsWarning: true),
        Assert.Single(Schema.Problems("{\"" + keyword + "\":{}}")));

    [Theory]
    [InlineData("""{"minimum":"1"}""", "/minimum", "'minimum' must be a number, not a string")]
    [InlineData("""{"maxLength":-1}""", "/maxLength", "'maxLength' must be a whole number from 0, not an integer")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf", "'multipleOf' must be greater than 0")]
    [InlineData("""{"required":"a"}""", "/required", "'required' must be a list of names, not a string")]
    [InlineData("""{"properties":[]}""", "/properties", "'properties' must be a map of schemas, not a list")]
    [InlineData("""{"allOf":[]}""", "/allOf", "'allOf' must be a list of at least one schema, not a list")]
    [InlineData("""{"properties":{"a":{"not":1}}}""", "/properties/a/not", "a schema must be a map, or true or false, not an integer")]
    [InlineData("""{"type":"strng"}""", "/type", "unknown type 'strng'")]
    [InlineData("""{"enum":1}""", "/enum", "'enum' must be a list of values, not an integer")]
    [InlineData("""{"pattern":"(a"}""", "/pattern", "'(a' is no regular expression: Not enough )'s")]
    [InlineData("""{"patternProperties":{"\\Z":true}}""", "/patternProperties/\\Z", @"'\Z' is no regular expression: \Z means nothing in it")]
    [InlineData("1", "", "a schema must be a map, or true or false, not an integer")]
    public void A_keyword_with_a_wrong_value_is_refused(string schema, string pointer, string message)
    {
        var problem = Assert.Single(Schema.Problems(schema));
        Assert.Equal((pointer, message, false), (problem.Pointer, problem.Message, problem.IsWarning));
    }
}
