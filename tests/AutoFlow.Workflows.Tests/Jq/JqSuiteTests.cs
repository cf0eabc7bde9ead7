using AutoFlow.Workflows.Jq;
using Xunit.Abstractions;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>jq's own test suite, at the commit its copy in the shared data names.</summary>
public class JqSuiteTests(ITestOutputHelper output)
{
    private static readonly JqLimits Generous = new() { Steps = 50_000_000, ValueSize = 200_000_000, OutputSize = 200_000_000, OutputDepth = 20_000 };

    private static readonly Dictionary<string, string> Exceptions = new();

    [Fact]
    public void The_suite_of_jq_passes_but_for_the_named_exceptions()
    {
        if (JqVector.Load() is not { } vectors)
        {
            output.WriteLine("Skipped: the shared data (jq/jq.test) is not on this machine.");
            return;
        }

        var failures = new List<(JqVector Vector, string Why)>();
        foreach (var vector in vectors)
        {
            if (Check(vector) is { } why)
                failures.Add((vector, why));
        }

        output.WriteLine($"{vectors.Count - failures.Count} of {vectors.Count} pass.");
        foreach (var (vector, why) in failures)
            output.WriteLine($"{vector.Line}: {vector.Program}\n    {why}\n    {Exceptions.GetValueOrDefault(vector.Program, "NOT NAMED")}");
        Assert.DoesNotContain(failures, f => f.Vector.MustFail);
        Assert.DoesNotContain(failures, f => !Exceptions.ContainsKey(f.Vector.Program));
        Assert.True(vectors.Count - failures.Count >= 500, "at least 500 must pass");
    }

    /// <summary>Null when the vector passes, otherwise what went wrong.</summary>
    private static string? Check(JqVector vector)
    {
        var compilation = JqProgram.Compile(vector.Program, []);
        if (vector.MustFail)
            return compilation.Succeeded ? "compiles" : null;
        if (!compilation.Succeeded)
            return compilation.Error.ToString();
        var outputs = new List<JqValue>();
        try
        {
            foreach (var value in compilation.Program.Evaluate(Lenient(vector.Input!), [], Generous, DateTimeOffset.UnixEpoch))
                outputs.Add(value);
        }
        catch (JqException) when (outputs.Count >= vector.Outputs.Count)
        {
            // jq's runner takes a runtime error after the expected outputs as their end.
        }
        catch (Exception e) when (e is JqException or JqLimitException)
        {
            return $"after {string.Join(" ", outputs)}: {e.GetType().Name}: {e.Message}";
        }

        return outputs.SequenceEqual(vector.Outputs.Select(Lenient)) ? null : $"gives {string.Join(" ", outputs)}";
    }

    /// <summary>The suite's texts hold NaN and infinities, which only jq's own reader takes.</summary>
    private static JqValue Lenient(string json) =>
        JqProgram.Compile("fromjson", []).Program!.EvaluateFirst(JqValue.From(json), [], Generous);
}
