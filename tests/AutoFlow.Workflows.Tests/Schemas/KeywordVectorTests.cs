namespace AutoFlow.Workflows.Tests.Schemas;

public class KeywordVectorTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1 1.0 -3 1e3 12345678901234567890", "1.5 \"1\" null")]
    [InlineData("""{"type":["string","null"]}""", "\"\" null", "0 [] {}")]
    [InlineData("""{"type":"boolean"}""", "true false", "0 null")]
    [InlineData("""{"enum":[1,"a",[{"x":1,"y":2}]]}""", "1 1.0 \"a\" [{\"y\":2,\"x\":1}]", "\"b\" [] [{\"x\":1}]")]
    [InlineData("""{"const":{"a":[1,null]}}""", "{\"a\":[1,null]} {\"a\":[1.0,null]}", "{\"a\":[1]} null")]
    [InlineData("true", "1 null {}", "")]
    [InlineData("false", "", "1 null {}")]
    public void Any_value(string schema, string fitting, string others) => Check(schema, fitting, others);

    [Theory]
    [InlineData("""{"minimum":1,"maximum":3}""", "1 2 3 \"0\"", "0.99 3.01")]
    [InlineData("""{"exclusiveMinimum":1,"exclusiveMaximum":3}""", "1.01 2.99", "1 3")]
    [InlineData("""{"multipleOf":0.0001}""", "0.0075 0 -1", "0.00751")]
    [InlineData("""{"multipleOf":0.1}""", "0.3 4.35e1 1", "0.35")]
    [InlineData("""{"multipleOf":1e-8}""", "12391239123 0.00000001", "1e-9")]
    [InlineData("""{"type":"integer","multipleOf":0.123456789}""", "0", "1e308")]
    [InlineData("""{"maximum":18446744073709551615}""", "18446744073709551615", "18446744073709551616")]
    public void Numbers(string schema, string fitting, string others) => Check(schema, fitting, others);

    [Theory]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"ab\" \"😀😀\" \"😀😀😀\" 1", "\"a\" \"😀\" \"abcd\"")]
    [InlineData("""{"pattern":"^a*$"}""", "\"\" \"aaa\" 1 null", "\"ab\" \"a\\n\"")]
    [InlineData("""{"pattern":"a+"}""", "\"xaay\"", "\"xx\"")]
    public void Strings(string schema, string fitting, string others) => Check(schema, fitting, others);

    [Theory]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[1] [1,2] {}", "[] [1,2,3]")]
    [InlineData("""{"uniqueItems":true}""", "[1,2] [1,true] [0,false] [[1],[true]] [{\"a\":1},{\"a\":2}]", "[1,1.0] [{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}] [[[]],[[]]]")]
    [InlineData("""{"items":{"type":"integer"}}""", "[] [1] {\"0\":\"x\"}", "[1,\"x\"]")]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}""", "[] [1] [1,\"a\"]", "[\"a\"] [1,\"a\",2]")]
    [InlineData("""{"contains":{"minimum":5}}""", "[3,5] 1", "[] [1,2]")]
    [InlineData("""{"contains":{"const":1},"minContains":2,"maxContains":3}""", "[1,1] [1,2,1,1]", "[1] [1,1,1,1] []")]
    [InlineData("""{"contains":{"const":1},"minContains":0,"maxContains":1}""", "[] [1] [2]", "[1,1]")]
    public void Arrays(string schema, string fitting, string others) => Check(schema, fitting, others);

    [Theory]
    [InlineData("""{"required":["a","b"]}""", "{\"a\":null,\"b\":0} []", "{\"a\":1} {}")]
    [InlineData("""{"minProperties":1,"maxProperties":1}""", "{\"a\":1}", "{} {\"a\":1,\"b\":2}")]
    [InlineData("""{"properties":{"a":{"type":"string"}},"patternProperties":{"^x-":true},"additionalProperties":false}""", "{} {\"a\":\"s\",\"x-1\":1}", "{\"a\":1} {\"b\":1}")]
    [InlineData("""{"additionalProperties":{"type":"boolean"}}""", "{} {\"a\":true}", "{\"a\":1}")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", "{} {\"ab\":1}", "{\"abc\":1}")]
    [InlineData("""{"dependentRequired":{"card":["address","name"]}}""", "{} {\"name\":1} {\"card\":1,\"address\":1,\"name\":1}", "{\"card\":1,\"name\":1}")]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", "{} {\"a\":1,\"b\":1} {\"b\":1}", "{\"a\":1}")]
    public void Objects(string schema, string fitting, string others) => Check(schema, fitting, others);

    [Theory]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "1 2", "0 3")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":2}]}""", "\"a\" 2", "1")]
    [InlineData("""{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}""", "2 3", "1 6")]
    [InlineData("""{"not":{"type":"string"}}""", "1", "\"a\"")]
    [InlineData("""{"if":{"minimum":10},"then":{"multipleOf":10},"else":{"maximum":5}}""", "20 5", "15 6")]
    [InlineData("""{"if":{"minimum":10},"then":{"multipleOf":10}}""", "20 9", "15")]
    public void Logic(string schema, string fitting, string others) => Check(schema, fitting, others);

    [Theory]
    [InlineData("""{"properties":{"a":true},"unevaluatedProperties":false}""", "{\"a\":1}", "{\"b\":1}")]
    [InlineData("""{"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false}""", "{\"a\":1}", "{\"b\":1}")]
    [InlineData("""{"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":{"const":1}},"required":["b"]}],"unevaluatedProperties":false}""",
        "{\"a\":1} {\"b\":1} {\"a\":1,\"b\":1}", "{\"a\":1,\"b\":2} {\"a\":1,\"c\":1}")]
    [InlineData("""{"if":{"properties":{"k":{"const":1}},"required":["k"]},"then":{"properties":{"a":true}},"unevaluatedProperties":false}""",
        "{\"k\":1,\"a\":1}", "{\"k\":2,\"a\":1} {\"a\":1}")]
    [InlineData("""{"$ref":"#/$defs/x","unevaluatedProperties":false,"$defs":{"x":{"properties":{"a":true}}}}""", "{\"a\":1}", "{\"b\":1}")]
    [InlineData("""{"not":{"not":{"properties":{"a":true}}},"unevaluatedProperties":false}""", "{}", "{\"a\":1}")]
    [InlineData("""{"unevaluatedProperties":{"type":"string"},"properties":{"a":true}}""", "{\"a\":1,\"b\":\"s\"}", "{\"b\":1}")]
    [InlineData("""{"allOf":[{"unevaluatedProperties":true}],"unevaluatedProperties":false}""", "{\"a\":1}", "")]
    [InlineData("""{"prefixItems":[true],"unevaluatedItems":false}""", "[] [1]", "[1,2]")]
    [InlineData("""{"allOf":[{"prefixItems":[true,true]}],"unevaluatedItems":{"type":"string"}}""", "[1,2,\"a\"]", "[1,2,3]")]
    [InlineData("""{"contains":{"type":"string"},"unevaluatedItems":false}""", "[\"a\",\"b\"]", "[\"a\",1]")]
    [InlineData("""{"items":true,"unevaluatedItems":false}""", "[1,2]", "")]
    public void What_is_left_over(string schema, string fitting, string others) => Check(schema, fitting, others);

    private static void Check(string schema, string fitting, string others) => Schema.Takes(schema, Split(fitting), Split(others));

    private static string[] Split(string values) => values.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
