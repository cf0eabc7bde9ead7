using System.Text.RegularExpressions;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Model;

/// <summary>What an attribute of an event must look like.</summary>
internal abstract record ValuePattern
{
    /// <param name="value">The attribute's value; null where the event has none.</param>
    /// <param name="evaluate">Evaluates an expression on a value.</param>
    public abstract bool Matches(JqValue value, Func<RuntimeExpression, JqValue, JqValue> evaluate);
}

/// <summary>The value must equal a fixed one.</summary>
internal sealed record EqualPattern(JqValue Expected) : ValuePattern
{
    public override bool Matches(JqValue value, Func<RuntimeExpression, JqValue, JqValue> evaluate) => value == Expected;
}

/// <summary>The text must match a regular expression as a whole, or equal it.</summary>
internal sealed record RegexPattern(string Text, Regex Regex) : ValuePattern
{
    public override bool Matches(JqValue value, Func<RuntimeExpression, JqValue, JqValue> evaluate) =>
        value.AsString() is { } text && (text == Text || Regex.IsMatch(text));
}

/// <summary>An expression on the value: true or false decides, anything else must equal the value.</summary>
internal sealed record ExpressionPattern(RuntimeExpression Expression) : ValuePattern
{
    public override bool Matches(JqValue value, Func<RuntimeExpression, JqValue, JqValue> evaluate)
    {
        var result = evaluate(Expression, value);
        return result.AsBoolean() ?? (result == value);
    }
}

/// <summary>Each member must match; members that are not named are free.</summary>
internal sealed record ObjectPattern(IReadOnlyList<KeyValuePair<string, ValuePattern>> Members) : ValuePattern
{
    public override bool Matches(JqValue value, Func<RuntimeExpression, JqValue, JqValue> evaluate) =>
        value.Kind == JqKind.Object && Members.All(m => m.Value.Matches(value[m.Key], evaluate));
}
