using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Expressions;

/// <summary>A jq expression compiled once when its definition was loaded.</summary>
internal sealed class RuntimeExpression
{
    private readonly JqProgram _program;
    private readonly (string Name, bool Used)[] _variables;

    public RuntimeExpression(JqProgram program, string source, IReadOnlyList<string> variables)
    {
        _program = program;
        Source = source;
        // Arguments such as $task are costly to build; only those that the text names are asked for.
        _variables = [.. variables.Select(name => (name, source.Contains('$' + name, StringComparison.Ordinal)))];
    }

    /// <summary>The jq text, without <c>${ }</c>.</summary>
    public string Source { get; }

    /// <summary>The expression's first result, null where it has none.</summary>
    /// <exception cref="JqException">The expression failed on this data.</exception>
    /// <exception cref="JqLimitException">The expression spent its budget.</exception>
    public JqValue Evaluate(JqValue on, Func<string, JqValue> argument, JqLimits? limits, DateTimeOffset now)
    {
        var values = new JqValue[_variables.Length];
        for (var i = 0; i < values.Length; i++) values[i] = _variables[i].Used ? argument(_variables[i].Name) : JqValue.Null;
        return _program.EvaluateFirst(on, values, limits, now);
    }
}
