namespace AutoFlow.Workflows.Tests.Parsing;

public class ReferenceErrorTests
{
    [Theory]
    [InlineData(
        "use:\n  retries:\n    patient: { limit: { attempt: { count: 1 } } }\ndo:\n  - a: { try: [ { b: { set: { x: 1 } } } ], catch: { retry: patiant } }\n",
        "10:61", "no retry policy named 'patiant' under use.retries", "did you mean 'patient'?")]
    [InlineData(
        "use:\n  errors:\n    refused: { type: 'urn:x', status: 1 }\ndo:\n  - a: { raise: { error: refusd } }\n",
        "10:26", "no error named 'refusd' under use.errors", "did you mean 'refused'?")]
    [InlineData(
        "use:\n  timeouts:\n    short: { after: PT1S }\ndo:\n  - a: { wait: PT9S, timeout: shrot }\n",
        "10:31", "no timeout named 'shrot' under use.timeouts", "did you mean 'short'?")]
    public void A_component_that_is_not_under_use(string body, string place, string message, string hint) =>
        TestWorkflow.Refused(body, place, message, hint);
}
