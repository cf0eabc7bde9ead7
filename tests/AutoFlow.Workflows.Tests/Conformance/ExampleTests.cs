using Xunit.Abstractions;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>The specification's examples: those whose constructs this engine runs run in virtual time, the others are refused by name.</summary>
public class ExampleTests(ITestOutputHelper report)
{
    [SharedFact]
    public void Every_example_runs_to_its_end_or_is_refused_with_a_reason()
    {
        var examples = Example.All();
        Assert.Equal(68, examples.Count);
        foreach (var (name, text) in examples)
        {
            var trial = Trials.Of(name);
            var end = trial.Run(name, text);
            report.WriteLine($"{name,-52} {end}");
            if (end.StartsWith("refused: ", StringComparison.Ordinal))
            {
                Assert.All(Example.Refusals(name, text), static e => Assert.StartsWith("not supported: ", e.Message, StringComparison.Ordinal));
            }
            else
            {
                Assert.Equal((name, trial.Ends), (name, end));
            }
        }
    }
}
