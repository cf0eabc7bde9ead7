using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Workflows.Tests.Replay;

/// <summary>A random definition with the answers of its functions and the times of its events.</summary>
internal sealed record RandomWorkflow(string Body, IReadOnlyList<int> Answers, IReadOnlyList<(int Minutes, string Type)> Events, int Seed)
{
    private const int Deepest = 3;

    public static Gen<RandomWorkflow> Generator =>
        from tasks in List(Deepest, "")
        from answers in Gen.Choose(0, 5).ListOf(7)
        from events in (from minutes in Gen.Choose(0, 90) from type in Gen.Elements("a", "b", "c") select (minutes, type)).ListOf(12)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new RandomWorkflow("do:\n" + tasks, [.. answers], [.. events], seed);

    private static Gen<string> List(int depth, string indent) =>
        from count in Gen.Choose(1, 3)
        from tasks in Task(depth, indent + "    ").ListOf(count)
        select string.Concat(tasks.Select((task, i) => $"{indent}  - t{i}:\n{task}"));

    private static Gen<string> Task(int depth, string indent)
    {
        var i = indent + "  ";
        var limit = Gen.Elements("", $"{i}timeout: {{ after: PT3M }}\n", $"{i}timeout: {{ after: PT20M }}\n");
        var step = Gen.Constant($"{i}call: step\n{i}with: {{ n: \"${{ .n }}\" }}\n{i}export: {{ as: \"$context + {{ last: . }}\" }}\n");
        var leaf = Gen.OneOf(
            step,
            step,
            Gen.Constant($"{i}set: {{ n: \"${{ (.n // 0) + 1 }}\" }}\n"),
            Gen.Elements("PT1M", "PT10M").Select(w => $"{i}wait: {w}\n"),
            Gen.Elements("one: { with: { type: a } }", "any: [ { with: { type: a } }, { with: { type: b } } ]", "all: [ { with: { type: a } }, { with: { type: c } } ]")
                .Select(l => $"{i}listen: {{ to: {{ {l} }} }}\n{i}timeout: {{ after: PT15M }}\n{i}output: {{ as: \"{{ n: (. | length) }}\" }}\n"),
            Gen.Constant($"{i}emit: {{ event: {{ with: {{ type: told }} }} }}\n"),
            Gen.Constant($"{i}if: .n == 3\n{i}raise: {{ error: {{ type: 'urn:three', status: 400 }} }}\n"));
        if (depth == 0) return leaf;
        var nested = List(depth - 1, i);
        return Gen.OneOf(
            leaf,
            leaf,
            from tasks in nested from l in limit select $"{i}do:\n{tasks}{l}",
            from tasks in nested select $"{i}for: {{ each: x{depth}, at: i{depth}, in: \"[1, 2]\" }}\n{i}do:\n{tasks}",
            from tasks in nested
            from l in limit
            from retry in Gen.Elements(
                "catch: {}",
                "catch: { retry: { delay: PT30S, backoff: { exponential: {} }, jitter: { from: PT0S, to: PT9S }, limit: { attempt: { count: 2 } } }, do: [ { h: { set: { n: 0 } } } ] }",
                "catch: { when: $error.status == 503, retry: { limit: { attempt: { count: 1 } } }, then: continue }")
            select $"{i}try:\n{tasks}{i}{retry}\n{l}");
    }
}
