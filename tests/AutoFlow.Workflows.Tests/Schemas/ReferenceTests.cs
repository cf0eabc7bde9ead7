using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Schemas;

namespace AutoFlow.Workflows.Tests.Schemas;

public class ReferenceTests
{
    [Theory]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"integer"}}}""")]
    [InlineData("""{"$ref":"#number","$defs":{"a":{"$anchor":"number","type":"integer"}}}""")]
    [InlineData("""{"$ref":"#/$defs/per%25cent/items","$defs":{"per%cent":{"items":{"type":"integer"}}}}""")]
    [InlineData("""{"$ref":"#/$defs/ti~0lde~1slash","$defs":{"ti~lde/slash":{"type":"integer"}}}""")]
    [InlineData("""{"$id":"https://x.org/root","$ref":"item","$defs":{"a":{"$id":"item","type":"integer"}}}""")]
    [InlineData("""{"$id":"https://x.org/root","$ref":"item#n","$defs":{"a":{"$id":"item","$defs":{"b":{"$anchor":"n","type":"integer"}}}}}""")]
    [InlineData("""{"$id":"urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed","$ref":"#/$defs/a","$defs":{"a":{"type":"integer"}}}""")]
    [InlineData("""{"$ref":"urn:x:number","$defs":{"a":{"$id":"urn:x:number","type":"integer"}}}""")]
    [InlineData("""{"$id":"https://x.org/a/","$defs":{"f":{"$id":"folder/","$defs":{"n":{"$id":"n.json","type":"integer"}}}},"$ref":"folder/n.json"}""")]
    [InlineData("""{"$ref":"#/$defs/a","minimum":0,"$defs":{"a":{"type":"integer"}}}""")]
    [InlineData("""{"$ref":"#/whatever/a","whatever":{"a":{"type":"integer"}}}""")]
    public void A_reference_leads_to_a_schema(string schema) => Schema.Takes(schema, ["1"], ["\"a\"", "1.5"]);

    [Theory]
    [InlineData("""{"$ref":"#/$defs/b","$defs":{"a":{}}}""", "/$ref", "'#/$defs/b' leads nowhere")]
    [InlineData("""{"$ref":"#b"}""", "/$ref", "no schema has the anchor 'b'")]
    [InlineData("""{"$ref":"https://x.org/b"}""", "/$ref", "there is no schema 'https://x.org/b' in this document, and it cannot be read from outside")]
    [InlineData("""{"items":{"$ref":"#/items"}}""", "/items", "this schema applies itself to the same value without end")]
    [InlineData("""{"anyOf":[{"type":"string"},{"$ref":"#"}]}""", "", "this schema applies itself to the same value without end")]
    [InlineData("""{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}""", "/$defs/a", "two schemas have the anchor 'x'")]
    public void A_reference_that_leads_nowhere_or_in_circles_is_refused(string schema, string pointer, string message) =>
        Assert.Equal([(pointer, message)], Schema.Problems(schema).Select(static p => (p.Pointer, p.Message)));

    [Fact]
    public void A_schema_may_refer_to_itself_for_the_parts_of_a_value() => Schema.Takes(
        """{"properties":{"child":{"$ref":"#"},"n":{"type":"integer"}},"additionalProperties":false}""",
        ["""{"child":{"child":{"n":1}}}"""],
        ["""{"child":{"child":{"n":"x"}}}"""]);

    [Fact]
    public void Data_under_const_and_enum_is_no_schema() => Schema.Takes(
        """{"enum":[{"$id":"https://x.org/a","$ref":"#/nowhere"}],"$ref":"#/$defs/a","$defs":{"a":true}}""",
        ["""{"$id":"https://x.org/a","$ref":"#/nowhere"}"""],
        ["1"]);

    [Fact]
    public void Documents_from_outside_are_asked_for_by_URI()
    {
        var asked = new List<string>();
        var options = new SchemaOptions
        {
            BaseUri = new Uri("https://x.org/schemas/order"),
            Documents = uri =>
            {
                asked.Add(uri.AbsoluteUri);
                return JqValue.Parse("""{"$defs":{"street":{"type":"string"}},"properties":{"street":{"$ref":"#/$defs/street"}}}""");
            },
        };
        Schema.Takes("""{"properties":{"to":{"$ref":"address#"}}}""", ["""{"to":{"street":"a"}}"""], ["""{"to":{"street":1}}"""], options);
        var error = Assert.Single(Schema.Errors("""{"$ref":"address"}""", """{"street":1}""", options));
        Assert.Equal(new SchemaError("/street", "https://x.org/schemas/address#/$defs/street/type", "must be a string, not an integer"), error);
        Assert.All(asked, static uri => Assert.Equal("https://x.org/schemas/address", uri));
    }

    private const string List =
        """
        "list":{"$id":"list","type":"array","items":{"$dynamicRef":"#item"},"$defs":{"default":{"$dynamicAnchor":"item"}}}
        """;

    [Fact]
    public void A_dynamic_reference_takes_the_outermost_anchor() => Schema.Takes(
        """{"$id":"https://x.org/strings","$ref":"list","$defs":{"mine":{"$dynamicAnchor":"item","type":"string"},""" + List + "}}",
        ["""["a"]"""],
        ["[1]"]);

    [Fact]
    public void A_dynamic_reference_ignores_plain_anchors_of_the_same_name() => Schema.Takes(
        """{"$id":"https://x.org/strings","$ref":"list","$defs":{"mine":{"$anchor":"item","type":"string"},""" + List + "}}", ["[1]"], []);

    [Fact]
    public void A_dynamic_reference_to_a_plain_anchor_is_a_plain_reference() => Schema.Takes(
        """
        {"$id":"https://x.org/root","$ref":"list","$defs":{"mine":{"$dynamicAnchor":"item","type":"string"},
         "list":{"$id":"list","items":{"$dynamicRef":"#item"},"$defs":{"default":{"$anchor":"item"}}}}}
        """,
        ["""["a",1]"""],
        []);

    [Fact]
    public void A_tree_is_made_strict_by_a_dynamic_anchor() => Schema.Takes(
        """
        {"$id":"https://x.org/strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false,
         "$defs":{"tree":{"$id":"tree","$dynamicAnchor":"node","properties":{"data":true,"children":{"items":{"$dynamicRef":"#node"}}}}}}
        """,
        ["""{"children":[{"data":1}]}"""],
        ["""{"children":[{"daat":1}]}""", """{"daat":1}"""]);

    [Fact]
    public void A_recursive_reference_of_2019_takes_the_outermost_anchored_root() => Schema.Takes(
        """
        {"$id":"https://x.org/strict","$recursiveAnchor":true,"$ref":"tree","unevaluatedProperties":false,
         "$defs":{"tree":{"$id":"tree","$recursiveAnchor":true,"properties":{"data":true,"children":{"items":{"$recursiveRef":"#"}}}}}}
        """,
        ["""{"children":[{"data":1}]}"""],
        ["""{"children":[{"daat":1}]}"""],
        Schema.In(SchemaDraft.Draft201909));
}
