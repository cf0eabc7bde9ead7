using System.Diagnostics;
using System.Text.Json.Nodes;
using AutoFlow.EndToEnd.Tests.App;
using Xunit.Abstractions;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>
/// The load run of tests/Benchmarks, small: other customers and other orders for each copy of the sample inbox, the shop as a program of
/// its own, a channel that counts what it gets, kills, and more messages at once than the app lets wait. The run ends with 1 where a
/// message is lost, a reply left twice, the books differ from the shop's, or a message came to another end than was reviewed.
/// </summary>
public sealed class PipelineTests(ITestOutputHelper output)
{
    private const int Messages = 249;

    [Fact]
    public async Task Killed_and_overloaded_every_message_comes_to_its_end_once()
    {
        using var data = new DataFolder();

        var (exit, printed, told) = await RunAsync(
            "pipeline", "--messages", $"{Messages}", "--kill-every", "5s", "--most-waiting", "20", "--data", Path.Combine(data.Path, "run"));

        output.WriteLine(told);
        output.WriteLine(printed);
        Assert.True(exit == 0, told);
        var result = JsonNode.Parse(printed)!;
        Assert.Equal(Messages, result["messages"]!.GetValue<int>());
        Assert.True(result["kills"]!.GetValue<int>() > 0, "Nothing was killed.");
        Assert.True(result["putOff"]!.GetValue<int>() > 0, "No message was answered 429.");
    }

    private static async Task<(int Exit, string Printed, string Told)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in args.Prepend(Places.Benchmarks)) start.ArgumentList.Add(arg);
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        try
        {
            var (printed, told) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await printed, await told);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
