using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AutoFlow.Benchmarks.Jq;

/// <summary>
/// The <c>jq</c> command. One process evaluates the program N times in a loop inside jq itself; the same loop around
/// <c>.</c> is taken off, so neither start-up nor reading the input counts.
/// </summary>
internal static class JqCommand
{
    private const int Repeats = 5;
    private static readonly TimeSpan Wanted = TimeSpan.FromMilliseconds(400);

    /// <summary>What <c>jq --version</c> says; null where the command is absent.</summary>
    public static string? Version()
    {
        try
        {
            return Run(["--version"], "").Output.Trim();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public static Measurement Measure(JqWorkload workload)
    {
        var count = 1L;
        while (Time(workload, workload.Program, count) < Wanted)
            count *= 4;
        var times = Enumerable.Range(0, Repeats)
            .Select(_ => (Time(workload, workload.Program, count) - Time(workload, ".", count)).TotalNanoseconds / count)
            .Order()
            .ToList();
        return new Measurement(times[0], times[Repeats / 2], null);
    }

    private static TimeSpan Time(JqWorkload workload, string program, long count)
    {
        var n = count.ToString(CultureInfo.InvariantCulture);
        var loop = $". as $input | reduce range({n}) as $round (null; $input | ({program}))  | empty";
        return Run(["--argjson", "context", workload.Context, loop], workload.Input).Time;
    }

    private static (string Output, TimeSpan Time) Run(IEnumerable<string> arguments, string input)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("jq", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("jq does not start");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (output, Stopwatch.GetElapsedTime(start))
            : throw new InvalidOperationException($"jq ends with {process.ExitCode}");
    }
}
