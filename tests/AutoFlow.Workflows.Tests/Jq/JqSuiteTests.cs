using AutoFlow.Workflows.Jq;
using Xunit.Abstractions;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>jq's own test suite, at the commit its copy in the shared data names.</summary>
public class JqSuiteTests(ITestOutputHelper output)
{
    private static readonly JqLimits Generous = new() { Steps = 50_000_000, ValueSize = 200_000_000, OutputSize = 200_000_000, OutputDepth = 20_000 };

    private const string NoModules = "a program is one expression: there are no modules";

    /// <summary>Programs of the suite that are refused by design.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["import \"a\" as foo; import \"b\" as bar; def fooa: foo::a; [fooa, bar::a, bar::b, foo::a]"] = NoModules,
        ["import \"c\" as foo; [foo::a, foo::c]"] = NoModules,
        ["include \"c\"; [a, c]"] = NoModules,
        ["import \"data\" as $e; import \"data\" as $d; [$d[].this,$e[].that,$d::d[].this,$e::e[].that]|join(\";\")"] = NoModules,
        ["import \"data\" as $a; import \"data\" as $b; def f: {$a, $b}; f"] = NoModules,
        ["include \"shadow1\"; e"] = NoModules,
        ["include \"shadow1\"; include \"shadow2\"; e"] = NoModules,
        ["import \"shadow1\" as f; import \"shadow2\" as f; import \"shadow1\" as e; [e::e, f::e]"] = NoModules,
        ["modulemeta"] = NoModules,
        ["modulemeta | .deps | length"] = NoModules,
        ["modulemeta | .defs | length"] = NoModules,
        ["import \"test_bind_order\" as check; check::check"] = NoModules,
        ["try input catch ."] = "an expression has one input",
        ["debug"] = "an expression has no place to write to",
    };

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
