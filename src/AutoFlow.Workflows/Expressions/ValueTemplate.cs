using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Expressions;

/// <summary>A value of a definition that may hold expressions at any depth, as in <c>set</c> and <c>with</c>.</summary>
internal abstract class ValueTemplate
{
    /// <summary>The value with every expression replaced by its result.</summary>
    public abstract JqValue Render(Func<RuntimeExpression, JqValue> evaluate);

    /// <summary>The value if it holds no expression; null otherwise.</summary>
    public virtual JqValue? Constant => null;
}

internal sealed class ConstantTemplate(JqValue value) : ValueTemplate
{
    public override JqValue? Constant => value;

    public override JqValue Render(Func<RuntimeExpression, JqValue> evaluate) => value;
}

internal sealed class ExpressionTemplate(RuntimeExpression expression) : ValueTemplate
{
    public RuntimeExpression Expression { get; } = expression;

    public override JqValue Render(Func<RuntimeExpression, JqValue> evaluate) => evaluate(Expression);
}

/// <summary>Text that is an expression if it evaluates, and else itself (OWS dsl-reference.md, "Evaluate": loose).</summary>
internal sealed class LooseTemplate(RuntimeExpression expression, JqValue text) : ValueTemplate
{
    public override JqValue Render(Func<RuntimeExpression, JqValue> evaluate)
    {
        try
        {
            return evaluate(expression);
        }
        catch (WorkflowErrorException e) when (e.Error.Type == StandardErrors.Expression.Type)
        {
            return text;
        }
    }
}

internal sealed class ObjectTemplate(IReadOnlyList<KeyValuePair<string, ValueTemplate>> members) : ValueTemplate
{
    public IReadOnlyList<KeyValuePair<string, ValueTemplate>> Members { get; } = members;

    /// <summary>An object of the members that are there.</summary>
    public static ObjectTemplate Of(params IEnumerable<(string Name, ValueTemplate? Value)> members) =>
        new([.. members.Where(static m => m.Value is not null).Select(static m => KeyValuePair.Create(m.Name, m.Value!))]);

    public override JqValue Render(Func<RuntimeExpression, JqValue> evaluate) =>
        JqValue.FromObject(Members.Select(m => KeyValuePair.Create(m.Key, m.Value.Render(evaluate))));
}

internal sealed class ArrayTemplate(IReadOnlyList<ValueTemplate> items) : ValueTemplate
{
    public IReadOnlyList<ValueTemplate> Items { get; } = items;

    public override JqValue Render(Func<RuntimeExpression, JqValue> evaluate) =>
        JqValue.FromArray(Items.Select(i => i.Render(evaluate)));
}
