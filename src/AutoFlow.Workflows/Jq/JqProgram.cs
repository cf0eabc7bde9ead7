namespace AutoFlow.Workflows.Jq;

/// <summary>A compiled jq program: immutable, safe to share between threads.</summary>
public sealed class JqProgram
{
    private readonly Node program;
    private readonly Frame frame;
    private readonly int variableCount;

    private JqProgram(string source, Node program, Frame frame, int variableCount)
    {
        Source = source;
        this.program = program;
        this.frame = frame;
        this.variableCount = variableCount;
    }

    public string Source { get; }

    /// <summary>Compiles jq 1.7/1.8 source. What is not defined, or not available here, is an error now.</summary>
    /// <param name="source">The program.</param>
    /// <param name="variables">Names of the variables the caller will give, without the dollar sign.</param>
    public static JqCompilation Compile(string source, IReadOnlyList<string> variables)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(variables);
        try
        {
            var (program, frame) = Compiler.Compile(JqParser.Parse(source), variables, source);
            return new JqCompilation(new JqProgram(source, program, frame, variables.Count));
        }
        catch (JqSyntaxException error)
        {
            return new JqCompilation(error.ToError(source));
        }
    }

    /// <summary>Runs the program lazily: each output is computed when it is asked for.</summary>
    /// <param name="input">The program's <c>.</c>.</param>
    /// <param name="variables">The values of the variables named at compilation, in that order.</param>
    /// <param name="limits">The budget; <see cref="JqLimits.Default"/> when null.</param>
    /// <param name="now">What <c>now</c> gives; when null, <c>now</c> is a runtime error.</param>
    /// <exception cref="ArgumentException">Not as many values as variables were named.</exception>
    /// <exception cref="JqException">While enumerating: the program raised an error it did not catch.</exception>
    /// <exception cref="JqLimitException">While enumerating: a budget was spent.</exception>
    public IEnumerable<JqValue> Evaluate(
        JqValue input, IReadOnlyList<JqValue> variables, JqLimits? limits = null, DateTimeOffset? now = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(variables);
        if (variables.Count != variableCount)
            throw new ArgumentException($"The program has {variableCount} variables, not {variables.Count}.", nameof(variables));
        return Run(input, variables, limits, now);
    }

    /// <summary>The first output, or <see cref="JqValue.Null"/> when there is none.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public JqValue EvaluateFirst(
        JqValue input, IReadOnlyList<JqValue> variables, JqLimits? limits = null, DateTimeOffset? now = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(variables);
        if (variables.Count != variableCount)
            throw new ArgumentException($"The program has {variableCount} variables, not {variables.Count}.", nameof(variables));
        if (program.IsDirect)
            return Machine.EvaluateDirect(program, Bind(variables), input, limits ?? JqLimits.Default, now);
        return Start(input, variables, limits, now).MoveNext(out var output) ? output : JqValue.Null;
    }

    private IEnumerable<JqValue> Run(JqValue input, IReadOnlyList<JqValue> variables, JqLimits? limits, DateTimeOffset? now)
    {
        var machine = Start(input, variables, limits, now);
        while (machine.MoveNext(out var output))
            yield return output;
    }

    private Machine Start(JqValue input, IReadOnlyList<JqValue> variables, JqLimits? limits, DateTimeOffset? now) =>
        new(program, Bind(variables), input, limits ?? JqLimits.Default, now);

    private Env Bind(IReadOnlyList<JqValue> variables)
    {
        var env = new Env(null, frame.Slots, []);
        for (var i = 0; i < variableCount; i++)
            env.Slots[i] = variables[i];
        return env;
    }
}
