namespace AutoFlow.Workflows.Tests.Parsing;

public class FunctionErrorTests
{
    [Fact]
    public void An_unknown_function() => TestWorkflow.Refused(
        "do:\n  - look:\n      call: lookUpShipmnt\n", "8:13", "unknown function 'lookUpShipmnt'", "did you mean 'lookUpShipment'?");

    [Fact]
    public void An_unknown_argument() => TestWorkflow.Refused(
        "do:\n  - look:\n      call: lookUpShipment\n      with:\n        trackingNumber: x\n        carier: dhl\n",
        "11:9",
        "function 'lookUpShipment' has no argument 'carier'",
        "did you mean 'carrier'?");

    [Theory]
    [InlineData("do:\n  - look:\n      call: lookUpShipment\n", "8:13")]
    [InlineData("do:\n  - look:\n      call: lookUpShipment\n      with: { carrier: dhl }\n", "9:7")]
    public void A_required_argument_is_missing(string body, string place) => TestWorkflow.Refused(
        body, place, "function 'lookUpShipment' needs the argument 'trackingNumber'", "add 'trackingNumber:' under with");

    [Fact]
    public void Inline_functions_that_call_each_other_in_a_circle()
    {
        var errors = TestWorkflow.Read(
            "use:\n  functions:\n    a: { call: b }\n    b: { call: a }\n    c: { call: a }\ndo:\n  - x: { call: c }\n").Errors;

        Assert.Equal(
            [("8:5", "the function 'a' calls itself, directly or through others"), ("9:5", "the function 'b' calls itself, directly or through others")],
            errors.Select(static e => (e.Position.ToString(), e.Message)));
    }
}
