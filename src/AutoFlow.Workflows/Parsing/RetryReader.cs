using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads retry policies.</summary>
internal static class RetryReader
{
    private static readonly string[] Backoffs = ["constant", "linear", "exponential"];

    /// <summary>Whether a retry is the name of a policy under <c>use.retries</c>.</summary>
    public static bool IsName(YamlNode? node) => node is YamlScalar { IsText: true };

    /// <summary>A policy written in place, or the name of one under <c>use.retries</c>.</summary>
    public static RetryPolicy? PolicyOrName(ParseContext context, YamlNode node, IReadOnlyList<string> variables) =>
        IsName(node)
            ? Reference.Find(context, (YamlScalar)node, context.Use.Retries, "retry policy", "use.retries")
            : Policy(context, node, variables);

    public static RetryPolicy? Policy(ParseContext context, YamlNode node, IReadOnlyList<string> variables)
    {
        if (Fields.Of(node, context, "retry", ["when", "exceptWhen", "delay", "backoff", "limit", "jitter"]) is not { } fields) return null;
        var limit = fields["limit"] is { } l ? Fields.Of(l, context, "retry.limit", ["attempt", "duration"]) : null;
        var attempt = limit?["attempt"] is { } a ? Fields.Of(a, context, "retry.limit.attempt", ["count", "duration"]) : null;
        var jitter = fields["jitter"] is { } j ? Fields.Of(j, context, "retry.jitter", ["from", "to"]) : null;
        jitter?.Require("from");
        jitter?.Require("to");
        var policy = new RetryPolicy
        {
            When = Expression(fields, "when"),
            ExceptWhen = Expression(fields, "exceptWhen"),
            Delay = Duration(fields, "delay"),
            Backoff = ReadBackoff(fields),
            AttemptCount = attempt?.Count("count"),
            AttemptDuration = Duration(attempt, "duration"),
            Duration = Duration(limit, "duration"),
            JitterFrom = Duration(jitter, "from"),
            JitterTo = Duration(jitter, "to"),
        };
        if (policy.JitterFrom?.Fixed > policy.JitterTo?.Fixed)
            context.Sink.Error(jitter!.KeyPosition("from"), "retry.jitter: 'from' is longer than 'to'");
        // A condition is no limit: it may hold for ever.
        if (policy is { AttemptCount: null, Duration: null })
            context.Sink.Warning(fields.Position, "this retry has no limit", "add limit: { attempt: { count: 5 } }");
        return policy;

        RuntimeExpression? Expression(Fields from, string key) =>
            from[key] is { } n ? ExpressionReader.Expression(context, n, key, variables) : null;

        WorkflowDuration? Duration(Fields? from, string key) =>
            from?[key] is { } n ? DurationReader.Duration(context, n, key, variables) : null;
    }

    private static Backoff ReadBackoff(Fields retry)
    {
        if (retry["backoff"] is not { } node || Fields.Of(node, retry.Context, "retry.backoff", Backoffs) is not { } fields)
            return Backoff.Constant;
        var chosen = Backoffs.Where(fields.Has).ToList();
        if (chosen.Count != 1)
            retry.Context.Sink.Error(node.Position, "retry.backoff needs one of constant, linear, exponential");
        foreach (var name in chosen) Fields.Of(fields[name]!, retry.Context, $"retry.backoff.{name}", []);
        return chosen.FirstOrDefault() switch
        {
            "linear" => Backoff.Linear,
            "exponential" => Backoff.Exponential,
            _ => Backoff.Constant,
        };
    }
}
