using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>A value of a scenario file, in which text in <c>${ }</c> is an expression that knows <c>$parts</c>.</summary>
internal sealed record ScenarioValue(ValueTemplate Template, SourcePosition Position);

/// <summary>Evaluates the expressions of one scenario file.</summary>
/// <param name="Parts">The file's <c>parts</c>.</param>
internal sealed record ScenarioExpressions(JqValue Parts)
{
    /// <summary>The variables that expressions of scenario files know.</summary>
    public static readonly IReadOnlyList<string> Variables = ["parts"];

    /// <exception cref="ScenarioException">An expression failed.</exception>
    public JqValue Render(ScenarioValue value, JqValue on, DateTimeOffset now) =>
        value.Template.Render(expression => Evaluate(expression, value.Position, on, now));

    /// <exception cref="ScenarioException">The expression failed.</exception>
    public JqValue Evaluate(RuntimeExpression expression, SourcePosition position, JqValue on, DateTimeOffset now)
    {
        try
        {
            return expression.Evaluate(on, name => name == "parts" ? Parts : JqValue.Null, null, now);
        }
        catch (Exception e) when (e is JqException or JqLimitException)
        {
            throw new ScenarioException(position, $"{Descriptors.Shortened(expression.Source.Trim())}: {Descriptors.Shortened(e.Message)}");
        }
    }
}

/// <summary>A scenario could not be run or checked, because of something in its file.</summary>
internal sealed class ScenarioException(SourcePosition position, string message) : Exception(message)
{
    public SourcePosition Position { get; } = position;
}
