namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>Names and sizes of the table's workloads.</summary>
internal static class Workload
{
    /// <summary>Instances of <see cref="Steps"/> sequential activities, <see cref="InFlight"/> at once.</summary>
    public const string Throughput = "w1";

    /// <summary>The same, one at a time.</summary>
    public const string Alone = "w1-alone";

    /// <summary>100 activities at once, and all their results.</summary>
    public const string FanOut = "w2";

    /// <summary>Instances that wait for an event, which then comes.</summary>
    public const string Waiting = "w3";

    /// <summary>One instance with a long history.</summary>
    public const string Sequence = "w4";

    public const int Steps = 5;
    public const int InFlight = 200;
    public const int ThroughputInstances = 20_000;
    public const int AloneInstances = 2_000;

    /// <summary>The calls of one fan-out.</summary>
    public const int Fan = 100;

    public const int FanOutInstances = 1_000;
    public const int FanOutInFlight = 20;
    public const int WaitingInstances = 10_000;
    public const int WaitingInFlight = 1_000;
    public const int WaitingWarmUp = 1_000;
}
