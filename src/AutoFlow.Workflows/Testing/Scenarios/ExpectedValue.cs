using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>A place where a value is not as expected.</summary>
/// <param name="Position">Where the expectation stands.</param>
/// <param name="Path">The path into the value, as <c>.order.items[0]</c>; empty for the value itself.</param>
/// <param name="Expected">What was expected, in words or JSON.</param>
/// <param name="Actual">What is there.</param>
internal sealed record Mismatch(SourcePosition Position, string Path, string Expected, JqValue Actual);

/// <summary>Evaluates an expectation's expression on the actual value.</summary>
internal delegate JqValue Ask(RuntimeExpression expression, SourcePosition position, JqValue on);

/// <summary>What a value must be. Maps name the members that matter; the others are free.</summary>
internal abstract record ExpectedValue(SourcePosition Position)
{
    public abstract IEnumerable<Mismatch> Compare(JqValue actual, string path, Ask ask);
}

/// <summary>The value must equal a fixed one; null also stands for a member that is missing.</summary>
internal sealed record ExpectedConstant(SourcePosition Position, JqValue Value) : ExpectedValue(Position)
{
    public override IEnumerable<Mismatch> Compare(JqValue actual, string path, Ask ask) =>
        actual == Value ? [] : [new Mismatch(Position, path, Value.ToJson(), actual)];
}

/// <summary>An expression on the value: true or false decides, anything else must equal the value.</summary>
internal sealed record ExpectedTest(SourcePosition Position, RuntimeExpression Expression) : ExpectedValue(Position)
{
    public override IEnumerable<Mismatch> Compare(JqValue actual, string path, Ask ask)
    {
        var answer = ask(Expression, Position, actual);
        if (answer.AsBoolean() ?? (answer == actual)) return [];
        var expected = answer.AsBoolean() is null ? answer.ToJson() : $"{Expression.Source.Trim()} to hold";
        return [new Mismatch(Position, path, expected, actual)];
    }
}

/// <summary>Each named member must be as expected.</summary>
internal sealed record ExpectedMembers(SourcePosition Position, IReadOnlyList<KeyValuePair<string, ExpectedValue>> Members)
    : ExpectedValue(Position)
{
    public override IEnumerable<Mismatch> Compare(JqValue actual, string path, Ask ask) => actual.Kind == JqKind.Object
        ? Members.SelectMany(m => m.Value.Compare(actual[m.Key], $"{path}.{m.Key}", ask))
        : [new Mismatch(Position, path, "a map", actual)];
}

/// <summary>As many items as there are, each as expected.</summary>
internal sealed record ExpectedItems(SourcePosition Position, IReadOnlyList<ExpectedValue> Items) : ExpectedValue(Position)
{
    public override IEnumerable<Mismatch> Compare(JqValue actual, string path, Ask ask)
    {
        if (actual.Kind != JqKind.Array || actual.Items.Count != Items.Count)
            return [new Mismatch(Position, path, Items.Count == 1 ? "a list of 1 item" : $"a list of {Items.Count} items", actual)];
        return Items.SelectMany((item, i) => item.Compare(actual.Items[i], $"{path}[{i}]", ask));
    }
}
