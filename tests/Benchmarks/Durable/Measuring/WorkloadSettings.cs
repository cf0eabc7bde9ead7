using System.Globalization;

namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>How the workloads of the table are run.</summary>
/// <param name="Data">The folder where databases are made.</param>
/// <param name="Scale">Shrinks every count.</param>
/// <param name="InFlight">Instances at once; null for what the workload says.</param>
/// <param name="WarmUp">How long the same work runs before anything is measured.</param>
/// <param name="RandomIds">Whether instance ids are random and not sequential; the engine only.</param>
/// <param name="Bound">What the bound is; the bound only.</param>
internal sealed record WorkloadSettings(string Data, double Scale, int? InFlight, TimeSpan WarmUp, bool RandomIds, BoundKind Bound)
{
    /// <summary>The flags it is read from.</summary>
    public static readonly string[] Flags = ["--data", "--scale", "--in-flight", "--warm-up", "--ids", "--kind"];

    /// <summary>Reads the flags.</summary>
    /// <exception cref="BadArgumentException">One is not right.</exception>
    public static WorkloadSettings Of(Flags flags) => new(
        flags.Text("--data", Path.GetTempPath()),
        flags.Number("--scale", 1),
        flags.Optional("--in-flight"),
        TimeSpan.FromSeconds(flags.Number("--warm-up", 5)),
        flags.Text("--ids", "sequential") switch
        {
            "sequential" => false,
            "random" => true,
            var other => throw new BadArgumentException($"durable: --ids {other} is unknown; write sequential or random"),
        },
        flags.Text("--kind", "turns") switch
        {
            "turns" => BoundKind.Turns,
            "callers" => BoundKind.Callers,
            "history" => BoundKind.History,
            var other => throw new BadArgumentException($"durable: --kind {other} is unknown; write turns, callers or history"),
        });

    /// <summary>A count, shrunk.</summary>
    public int Scaled(int count) => Math.Max(1, (int)(count * Scale));

    /// <summary>An instance's id, unique in the run.</summary>
    public string Id(string prefix, int number)
        => RandomIds ? Guid.NewGuid().ToString("N") : $"{prefix}-{number.ToString("D7", CultureInfo.InvariantCulture)}";
}
