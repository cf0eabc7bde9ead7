namespace AutoFlow.Workflows.Jq;

/// <summary>A compiled jq program: immutable, safe to share between threads.</summary>
public sealed class JqProgram
{
    private JqProgram(string source) => Source = source;

    public string Source { get; }

    /// <summary>Compiles jq 1.7/1.8 source.</summary>
    /// <param name="source">The program.</param>
    /// <param name="variables">Names of the variables the caller will give, without the dollar sign.</param>
    public static JqCompilation Compile(string source, IReadOnlyList<string> variables) => new(new JqProgram(source));

    /// <summary>Runs the program lazily: each output is computed when it is asked for.</summary>
    /// <param name="input">The program's <c>.</c>.</param>
    /// <param name="variables">The values of the variables named at compilation, in that order.</param>
    /// <param name="limits">The budget; <see cref="JqLimits.Default"/> when null.</param>
    /// <param name="now">What <c>now</c> gives; when null, <c>now</c> is a runtime error.</param>
    /// <exception cref="JqException">The program raised an error it did not catch.</exception>
    /// <exception cref="JqLimitException">A budget was spent.</exception>
    public IEnumerable<JqValue> Evaluate(
        JqValue input, IReadOnlyList<JqValue> variables, JqLimits? limits = null, DateTimeOffset? now = null) =>
        throw new NotSupportedException("The evaluator is being written.");

    /// <summary>The first output, or <see cref="JqValue.Null"/> when there is none.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public JqValue EvaluateFirst(
        JqValue input, IReadOnlyList<JqValue> variables, JqLimits? limits = null, DateTimeOffset? now = null) =>
        Evaluate(input, variables, limits, now).FirstOrDefault(JqValue.Null);
}
