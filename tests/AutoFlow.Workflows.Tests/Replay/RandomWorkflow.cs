using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Workflows.Tests.Replay;

/// <summary>A random definition with the answers of its functions and the times of its events.</summary>
internal sealed record RandomWorkflow(string Body, IReadOnlyList<int> Answers, IReadOnlyList<(int Minutes, string Type)> Events, int Seed)
{
    private const int Deepest = 3;

    private static readonly string[] Retries =
    [
        "catch: {}",
        "catch: { retry: { delay: PT30S, backoff: { exponential: {} }, jitter: { from: PT0S, to: PT9S }, limit: { attempt: { count: 2 } } }, do: [ { h: { set: { n: 0 } } } ] }",
        "catch: { when: $error.status == 503, retry: { limit: { attempt: { count: 1 } } }, then: continue }",
    ];

    /// <summary>Strategies of every mode, with fixed, computed and free types, with correlations of both kinds.</summary>
    private static readonly string[] Strategies =
    [
        "one: { with: { type: a } }",
        "one: { with: { type: b, data: '${ . > 1 }' } }",
        "one: { with: { source: /test, type: '[bc]' } }",
        "one: { with: { type: '${ if .n == 3 then \"a\" else \"c\" end }' } }",
        "any: [ { with: { type: a } }, { with: { type: b } } ]",
        "any: []",
        "any: [ { with: { type: a } } ], until: { one: { with: { type: c } } }",
        "any: [], until: length == 3",
        "all: [ { with: { type: a } }, { with: { type: c } } ]",
        "all: [ { with: { type: a }, correlate: { k: { from: .data } } }, { with: { type: b }, correlate: { k: { from: .data } } } ]",
        "one: { with: { type: a }, correlate: { k: { from: .data, expect: '${ .n }' } } }",
    ];

    public static Gen<RandomWorkflow> Generator =>
        from tasks in List(Deepest, "")
        from extensions in Gen.Elements(
            "",
            "",
            "use: { extensions: [ { log: { extend: call, before: [ { b: { call: step, with: { n: 0 } } } ] } } ] }\n",
            "use: { extensions: [ { pause: { extend: composite, after: [ { w: { wait: PT1M } } ] } }, { mock: { extend: call, when: .n == 2, before: [ { m: { set: { n: 4 }, then: exit } } ] } } ] }\n")
        from answers in Gen.Choose(0, 5).ListOf(7)
        from events in (from minutes in Gen.Choose(0, 90) from type in Gen.Elements("a", "b", "c") select (minutes, type)).ListOf(25)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new RandomWorkflow(extensions + "do:\n" + tasks, [.. answers], [.. events], seed);

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
            Gen.Elements(Strategies).Select(l => $"{i}listen: {{ to: {{ {l} }} }}\n{i}timeout: {{ after: PT15M }}\n{i}output: {{ as: \"{{ n: (. | length) }}\" }}\n"),
            Gen.Elements("true", "false").Select(awaited => $"{i}run: {{ workflow: {{ namespace: test, name: child, version: '1.0.0', input: {{ n: \"${{ .n }}\" }} }}, await: {awaited} }}\n"),
            Gen.Constant($"{i}emit: {{ event: {{ with: {{ type: told }} }} }}\n"),
            Gen.Constant($"{i}if: .n == 3\n{i}raise: {{ error: {{ type: 'urn:three', status: 400 }} }}\n"));
        if (depth == 0) return leaf;
        var nested = List(depth - 1, i);
        return Gen.OneOf(
            leaf,
            leaf,
            from tasks in nested from l in limit select $"{i}do:\n{tasks}{l}",
            from tasks in nested select $"{i}for: {{ each: x{depth}, at: i{depth}, in: \"[1, 2]\" }}\n{i}do:\n{tasks}",
            from tasks in nested from l in limit from retry in Gen.Elements(Retries) select $"{i}try:\n{tasks}{i}{retry}\n{l}",
            Fork(depth, i, limit),
            Fork(depth, i, limit),
            from tasks in List(depth - 1, i + "  ")
            from strategy in Gen.Elements(Strategies)
            select $"{i}listen: {{ to: {{ {strategy} }} }}\n{i}foreach:\n{i}  item: e{depth}\n{i}  at: j{depth}\n{i}  do:\n{tasks}{i}  export: {{ as: \"$context + {{ heard: . }}\" }}\n"
                + $"{i}timeout: {{ after: PT30M }}\n{i}output: {{ as: \"{{ n: (. | length) }}\" }}\n");
    }

    /// <summary>Two or three branches, each a list or a single task; their outputs become one object again.</summary>
    private static Gen<string> Fork(int depth, string i, Gen<string> limit) =>
        from compete in Gen.Elements("true", "false")
        from count in Gen.Choose(2, 3)
        from branches in Gen.OneOf(
            Task(0, i + "    "),
            List(depth - 1, i + "      ").Select(tasks => $"{i}      do:\n{tasks}")).ListOf(count)
        from l in limit
        from end in Gen.Frequency((9, Gen.Constant("")), (1, Gen.Constant($"{i}      then: end\n")))
        select $"{i}fork:\n{i}  compete: {compete}\n{i}  branches:\n"
            + string.Concat(branches.Select((branch, b) => $"{i}  - b{b}:\n{branch}{(b == 1 ? end : "")}"))
            + $"{i}output: {{ as: \"{{ n: (if type == \\\"array\\\" then length else .n end) }}\" }}\n{l}";
}
