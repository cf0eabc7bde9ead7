using System.Globalization;
using AutoFlow.Benchmarks.Durable;
using AutoFlow.Benchmarks.Fuzz;
using AutoFlow.Benchmarks.Jq;
using AutoFlow.Benchmarks.Understanding;

return args switch
{
    ["jq"] => JqBenchmarks.Run(only: null),
    ["jq", var only] => JqBenchmarks.Run(only),
    ["understanding"] => UnderstandingBenchmarks.Run(),
    ["durable", .. var words] => await DurableBenchmarks.RunAsync(words),
    ["pipeline", .. var pipeline] => await AutoFlow.Benchmarks.Pipeline.PipelineBenchmark.RunAsync(pipeline),
    ["fuzz", "jq", "--minutes", var minutes, "--seed", var seed] => JqFuzz.Run(double.Parse(minutes, CultureInfo.InvariantCulture), Number(seed)),
    ["fuzz", "jq", "--case", var seed] => JqFuzz.Show(Number(seed)),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("""
        Prints one line of JSON per workload.
          jq [name]                          evaluations of jq programs; with a name, only the workloads whose names hold it
          understanding                      training, loading, and messages a second on one core
          durable ...                        the embedded durable engine; 'durable' alone tells its own words
          pipeline --messages 1000 --kill-every 60s --data data/pipeline   messages through the app, the sample shop and a channel
          fuzz jq --minutes 10 --seed 1      random jq programs on random inputs; ends with 1 after a finding, with 3 on a hang
          fuzz jq --case 1                   one case of it again
        """);
    return 2;
}
