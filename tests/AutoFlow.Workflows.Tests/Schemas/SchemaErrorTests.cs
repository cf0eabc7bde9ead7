using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Schemas;

namespace AutoFlow.Workflows.Tests.Schemas;

public class SchemaErrorTests
{
    [Fact]
    public void Every_error_says_where_in_the_value_and_in_the_schema() => Assert.Equal(
        [
            new SchemaError("", "/required", "needs 'id', 'name'"),
            new SchemaError("/items/1/sku", "/properties/items/items/properties/sku/type", "must be a string, not an integer"),
            new SchemaError("/a~1b", "/additionalProperties", "is not known here"),
            new SchemaError("/itms", "/additionalProperties", "is not known here (did you mean 'items'?)"),
        ],
        Schema.Errors(
            """
            {"required":["id","name"],
             "properties":{"id":true,"name":true,"items":{"items":{"properties":{"sku":{"type":"string"}}}}},
             "additionalProperties":false}
            """,
            """{"items":[{"sku":"a"},{"sku":2}],"a/b":1,"itms":[]}"""));

    [Fact]
    public void Alternatives_name_what_the_nearest_one_misses() => Assert.Equal(
        [
            new SchemaError("", "/oneOf", "fits none of the 2 alternatives; to the nearest:"),
            new SchemaError("/card/number", "/oneOf/1/properties/card/properties/number/type", "must be a string, not an integer"),
        ],
        Schema.Errors(
            """
            {"oneOf":[{"required":["cash"]},
                      {"required":["card"],"properties":{"card":{"properties":{"number":{"type":"string"}}}}}]}
            """,
            """{"card":{"number":1}}"""));

    [Fact]
    public void A_word_like_an_allowed_one_is_named() => Assert.Equal(
        "must be \"refund\" or \"reship\" (did you mean 'reship'?)", Assert.Single(Schema.Errors("""{"enum":["refund","reship"]}""", "\"reshp\"")).Message);

    [Fact]
    public void Only_the_first_errors_are_kept() =>
        Assert.Equal(3, Schema.Errors("""{"items":{"type":"string"}}""", "[1,2,3,4,5]", new SchemaOptions { MostErrors = 3 }).Count);

    [Fact]
    public void Values_are_not_quoted_because_they_may_be_a_customers() => Assert.All(
        Schema.Errors(
            """{"properties":{"a":{"type":"integer"},"b":{"pattern":"^x"},"c":{"format":"date"},"d":{"maxLength":1},"e":{"enum":[1]},"f":{"const":2}}}""",
            """{"a":"anna@example.com","b":"anna@example.com","c":"anna@example.com","d":"anna@example.com","e":"anna@example.com","f":"anna@example.com"}"""),
        static error => Assert.DoesNotContain("anna", error.ToString(), StringComparison.Ordinal));

    [Fact]
    public void Neither_a_deep_value_nor_a_deep_schema_overflows_the_stack()
    {
        var tree = Schema.Of("""{"properties":{"a":{"$ref":"#"}},"items":{"$ref":"#"}}""");
        var deep = JqValue.Null;
        var schema = JqValue.True;
        for (var i = 0; i < 5_000; i++) (deep, schema) = (JqValue.FromArray(deep), JqValue.FromObject(("items", schema)));
        var compiled = JsonSchema.Compile(schema).Schema!;
        IReadOnlyList<SchemaError>[] found = [];
        var thread = new Thread(() => found = [tree.Validate(deep), compiled.Validate(deep)], maxStackSize: 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.All(found, static errors => Assert.Equal("the value and its schema are nested deeper than 400 levels", Assert.Single(errors).Message));
        Assert.Equal(2, found.Length);
    }

    [Fact]
    public void A_schema_that_branches_without_end_is_given_up()
    {
        var schema = Schema.Of("""{"items":{"allOf":[{"$ref":"#"},{"$ref":"#"},{"$ref":"#"}]}}""");
        var deep = JqValue.Null;
        for (var i = 0; i < 40; i++) deep = JqValue.FromArray(deep);
        Assert.Equal("takes more than 500000 steps to check", Assert.Single(schema.Validate(deep)).Message);
    }
}
