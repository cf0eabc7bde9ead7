using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>A slice of the fuzzing that tests/Benchmarks does for minutes, with small budgets.</summary>
public class JqFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(500_000)]
    public void Whatever_the_program_and_the_input_it_ends_in_values_or_a_clear_error(int seed)
    {
        IReadOnlyList<string> corpus = [.. (JqVector.Load() ?? []).Select(v => v.Program)];
        var limits = new JqLimits { Steps = 30_000, Depth = 3_000, ValueSize = 500_000, OutputSize = 500_000 };
        var ended = 0;
        for (var i = 0; i < 700; i++)
            ended += Run(FuzzCase.Make(seed + i, corpus), limits) ? 1 : 0;
        Assert.True(ended > 100, "hardly any program compiles: the generator is broken");
    }

    private static bool Run(FuzzCase one, JqLimits limits)
    {
        var compilation = JqProgram.Compile(one.Program, []);
        if (!compilation.Succeeded)
        {
            Assert.NotEmpty(compilation.Error.Message);
            return false;
        }

        try
        {
            Assert.All(compilation.Program.Evaluate(JqValue.Parse(one.Input), [], limits, DateTimeOffset.UnixEpoch).Take(100), Assert.NotNull);
        }
        catch (Exception e) when (e is JqException or JqLimitException)
        {
            Assert.NotEmpty(e.Message);
        }

        return true;
    }
}
