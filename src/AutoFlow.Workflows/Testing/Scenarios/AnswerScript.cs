using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>What a function, a child workflow or a protocol answers, call by call.</summary>
internal sealed record AnswerScript(SourcePosition Position, IReadOnlyList<AnswerRule> Rules)
{
    public static readonly IReadOnlyDictionary<string, AnswerScript> None = new Dictionary<string, AnswerScript>();
}

/// <summary>One answer of a script.</summary>
/// <param name="When">Asked on the call's arguments; null for every call.</param>
/// <param name="Value">The answer; null when it is an error.</param>
/// <param name="Error">The error; null when it is a value.</param>
/// <param name="Takes">How long the answer takes.</param>
/// <param name="Times">For how many calls it serves; null for one, or with <paramref name="When"/> for all.</param>
internal sealed record AnswerRule(
    SourcePosition Position, RuntimeExpression? When, ScenarioValue? Value, WorkflowError? Error, TimeSpan Takes, long? Times);

/// <summary>A script as it is used up in one run. The first rule that fits and is not used up answers; else the last one that fits.</summary>
internal sealed class AnswerTurns(AnswerScript script, ScenarioExpressions expressions)
{
    private readonly long[] _used = new long[script.Rules.Count];

    /// <summary>The next answer; null when no rule fits the arguments.</summary>
    /// <exception cref="ScenarioException">An expression of the script failed.</exception>
    public FunctionAnswer? Next(JqValue arguments, DateTimeOffset now)
    {
        var fitting = Enumerable.Range(0, _used.Length).Where(i => Fits(script.Rules[i], arguments, now)).ToList();
        if (fitting.Count == 0) return null;
        var chosen = fitting.FindIndex(i => _used[i] < Times(script.Rules[i])) is >= 0 and var place ? fitting[place] : fitting[^1];
        _used[chosen]++;
        var rule = script.Rules[chosen];
        var answer = rule.Error is { } error
            ? FunctionAnswer.Failure(error)
            : FunctionAnswer.Of(expressions.Render(rule.Value!, arguments, now));
        return answer with { Takes = rule.Takes };
    }

    private static long Times(AnswerRule rule) => rule.Times ?? (rule.When is null ? 1 : long.MaxValue);

    private bool Fits(AnswerRule rule, JqValue arguments, DateTimeOffset now) =>
        rule.When is null || expressions.Evaluate(rule.When, rule.Position, arguments, now).IsTruthy;
}
