namespace AutoFlow.Workflows.Tests.Parsing;

public class EventAttributeTests
{
    [Theory]
    [InlineData("do:\n  - a: { listen: { to: { one: { with: { tpye: x } } } } }\n", "7:41", "tpye", "type")]
    [InlineData("do:\n  - a: { emit: { event: { with: { type: x, sorce: y } } } }\n", "7:44", "sorce", "source")]
    public void An_attribute_a_letter_away_from_a_standard_one_is_a_typo(string body, string place, string typo, string meant) =>
        TestWorkflow.Refused(body, place, $"unknown event attribute '{typo}'", $"did you mean '{meant}'?");

    [Fact]
    public void Extensions_have_names_of_their_own() => TestWorkflow.Parse(
        "do:\n  - a: { listen: { to: { one: { with: { type: x, ids: 1, shop: de, traceparent: y } } } } }\n");
}
