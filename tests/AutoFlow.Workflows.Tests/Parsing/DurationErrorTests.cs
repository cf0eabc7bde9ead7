namespace AutoFlow.Workflows.Tests.Parsing;

public class DurationErrorTests
{
    private const string Iso = "write ISO 8601 as PT30S or P3D, or a map as { days: 3, hours: 12 }";

    [Theory]
    [InlineData("wait: 30s", "7:16", "'wait' is no duration: '30s'", Iso)]
    [InlineData("wait: P", "7:16", "'wait' is no duration: 'P'", Iso)]
    [InlineData("wait: PT", "7:16", "'wait' is no duration: 'PT'", Iso)]
    [InlineData("wait: 30", "7:16", "'wait' is no duration: '30'", Iso)]
    [InlineData("wait: {}", "7:16", "the duration 'wait' is empty", Iso)]
    [InlineData("wait: { sekonds: 3 }", "7:18", "unknown property 'sekonds' in the duration 'wait'", "did you mean 'seconds'?")]
    [InlineData("wait: { seconds: 1.5 }", "7:27", "'seconds' must be a whole number from 0, not 1.5", null)]
    [InlineData("wait: { days: 99999 }", "7:16", "the duration 'wait' is longer than a century", null)]
    public void A_bad_duration(string task, string place, string message, string? hint) =>
        TestWorkflow.Refused($"do:\n  - a: {{ {task} }}\n", place, message, hint);
}
