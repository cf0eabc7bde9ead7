namespace AutoFlow.Workflows.Tests.DataFlow;

public class ThenTests
{
    [Fact]
    public void A_transition_goes_forward_and_back()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - a: { set: { l: "${ .l + [\"a\"] }" }, then: c }
              - b: { set: { l: "${ .l + [\"b\"] }" }, then: end }
              - c: { set: { l: "${ .l + [\"c\"] }" }, then: b }
            """);

        TestWorkflow.IsJson("""{"l":["a","c","b"]}""", output);
    }
}
