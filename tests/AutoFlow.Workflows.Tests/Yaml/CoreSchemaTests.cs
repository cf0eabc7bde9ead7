using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tests.Yaml;

public class CoreSchemaTests
{
    [Theory]
    [InlineData("on", "\"on\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("No", "\"No\"")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("12", "12")]
    [InlineData("-12", "-12")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("1.50", "1.5")]
    [InlineData("1e3", "1000")]
    [InlineData(".5", "0.5")]
    [InlineData("1.0.0", "\"1.0.0\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData(".", "\".\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    public void Plain_scalars_are_typed_by_yaml_1_2(string text, string json) => Assert.Equal(JqValue.Parse(json), CoreSchema.Resolve(text));
}
