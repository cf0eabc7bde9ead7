namespace AutoFlow.Benchmarks.Jq;

/// <summary>Our jq, and beside it the <c>jq</c> command where it is installed.</summary>
internal static class JqBenchmarks
{
    public static int Run(string? only)
    {
        var chosen = JqWorkload.All.Where(w => only is null || w.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var workload in chosen)
            Measurement.Of(workload.Prepare()).Print("AutoFlow", workload.Name);
        if (JqCommand.Version() is not { } version)
        {
            Console.Error.WriteLine("The jq command is not installed: nothing to compare with.");
            return 0;
        }

        foreach (var workload in chosen)
            JqCommand.Measure(workload).Print(version, workload.Name);
        return 0;
    }
}
