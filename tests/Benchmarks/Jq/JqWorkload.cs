using AutoFlow.Workflows.Jq;

namespace AutoFlow.Benchmarks.Jq;

/// <summary>A program as workflows have them, its input, and the value of its one variable, <c>$context</c>.</summary>
internal sealed record JqWorkload(string Name, string Program, string Input, string Context = "null")
{
    private const string Order = """
        {"order":{"id":"A-1001","total":129.5,"currency":"EUR",
        "items":[{"sku":"x1","qty":2,"status":"shipped"},{"sku":"x2","qty":1,"status":"open"}],
        "customer":{"name":"Ada","mail":"ada@example.com","country":"DE"}},"now":"2026-01-02T03:04:05Z"}
        """;

    private static readonly string Hundred =
        $"[{string.Join(',', Enumerable.Range(0, 100).Select(i => $"{{\"id\":{i},\"qty\":{i % 7},\"price\":{i}.5}}"))}]";

    public static IReadOnlyList<JqWorkload> All { get; } =
    [
        new("path comparison", ".order.items[0].status == \"shipped\"", Order),
        new("object of three paths", "{id: .order.id, mail: .order.customer.mail, first: .order.items[0].sku}", Order),
        new("map and select over 100", "map(select(.qty > 3) | .price)", Hundred),
        new("interpolation", "\"Order \\(.order.id) of \\(.order.customer.name): \\(.order.total) \\(.order.currency)\"", Order),
        new("merge into context", "$context + {status: .order.items[0].status, total: .order.total}", Order, """{"a":1,"b":"two","c":[1,2,3]}"""),
        new("reduce over 1,000", "reduce range(1000) as $i (0; . + $i)", "null"),
        new("array filled by index, 10,000", "reduce range(10000) as $i ([]; .[$i] = $i) | length", "null"),
        new("object filled by key, 10,000", "reduce range(10000) as $i ({}; .[\"k\\($i)\"] = $i) | length", "null"),
    ];

    /// <summary>The one evaluation to measure.</summary>
    public Action Prepare()
    {
        var program = JqProgram.Compile(Program, ["context"]).Program
            ?? throw new InvalidOperationException($"{Name} does not compile");
        var input = JqValue.Parse(Input);
        JqValue[] variables = [JqValue.Parse(Context)];
        var limits = new JqLimits { Steps = 100_000_000 };
        return () => program.EvaluateFirst(input, variables, limits);
    }
}
