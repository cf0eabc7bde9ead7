namespace AutoFlow.Benchmarks.Durable.Tables;

/// <summary>A column of the table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Workload">The workload whose line has the figure.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Digits">Digits behind the point.</param>
/// <param name="Must">What must be reached.</param>
/// <param name="Goal">What is wanted.</param>
/// <param name="MustRatio">What must be reached of the bound; null where nothing is asked for.</param>
/// <param name="GoalRatio">What is wanted of the bound; null where nothing is asked for.</param>
/// <param name="HasRatio">Whether a ratio to the bound says anything.</param>
internal sealed record Column(
    string Title, string Workload, string Figure, int Digits, double Must, double Goal, double? MustRatio = null, double? GoalRatio = null, bool HasRatio = true)
{
    /// <summary>The columns.</summary>
    public static readonly IReadOnlyList<Column> All =
    [
        new("W1 instances/s", Measuring.Workload.Throughput, Measuring.Figure.InstancesPerSecond, 0, 2_500, 5_000, 0.25, 0.5),
        new("W1 CPU ms/instance", Measuring.Workload.Throughput, Measuring.Figure.CpuMsPerInstance, 2, 0.6, 0.35),
        new("W1 alone p50 ms", Measuring.Workload.Alone, Measuring.Figure.P50Ms, 1, 2.7, 1.6),
        new("W1 alone p99 ms", Measuring.Workload.Alone, Measuring.Figure.P99Ms, 1, 8, 5),
        new("W2 activities/s", Measuring.Workload.FanOut, Measuring.Figure.ActivitiesPerSecond, 0, 17_000, 34_000, 0.2, 0.4),
        new("W3 added MB", Measuring.Workload.Waiting, Measuring.Figure.AddedMB, 1, 20, 10, HasRatio: false),
        new("W3 events to completion/s", Measuring.Workload.Waiting, Measuring.Figure.EventsPerSecond, 0, 5_000, 15_000),
        new("W4 ms/step", Measuring.Workload.Sequence, Measuring.Figure.MsPerStep, 2, 0.45, 0.3),
        new("W4 growth exponent", Measuring.Workload.Sequence, Measuring.Figure.GrowthExponent, 2, 1.1, 1.05, HasRatio: false),
    ];

    /// <summary>Whether more is better.</summary>
    private bool IsRate => Goal > Must;

    /// <summary>How far a figure is: "goal", "must" or "no".</summary>
    public string Reached(double figure, double must, double goal)
        => IsAsGood(figure, goal) ? "goal" : IsAsGood(figure, must) ? "must" : "no";

    private bool IsAsGood(double figure, double asked) => IsRate ? figure >= asked : figure <= asked;
}
