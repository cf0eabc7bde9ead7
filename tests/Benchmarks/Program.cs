using AutoFlow.Benchmarks.Jq;

return args switch
{
    ["jq"] => JqBenchmarks.Run(only: null),
    ["jq", var only] => JqBenchmarks.Run(only),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Prints one line of JSON per workload.
          jq [name]    evaluations of jq programs; with a name, only the workloads whose names hold it
        """);
    return 2;
}
