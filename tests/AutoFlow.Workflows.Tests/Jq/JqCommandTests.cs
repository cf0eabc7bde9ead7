using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using AutoFlow.Workflows.Jq;
using Xunit.Abstractions;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>Random programs give what the <c>jq</c> command gives, on the part of jq on which its versions agree.</summary>
public class JqCommandTests(ITestOutputHelper output)
{
    /// <summary>Cases for one process: they are one program, so that starting jq is not what takes the time.</summary>
    private const int Batch = 100;

    /// <summary>A case that gives more values than this is compared only so far.</summary>
    private const int MaxValues = 30;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void Random_programs_give_what_the_jq_command_gives(int seed)
    {
        if (!IsInstalled())
        {
            output.WriteLine("Skipped: the jq command is not installed.");
            return;
        }

        var programs = new RandomPrograms(new Random(seed), forEveryVersion: true);
        var cases = Enumerable.Range(0, Batch).Select(i => (Source: i % 2 == 0 ? programs.Single(3) : programs.Generator(3), Input: programs.Value(3))).ToList();
        var theirs = RunCommand(string.Join(",\n", cases.Select(c => Wrap(c.Source, c.Input))));
        Assert.Equal(Batch, theirs.Count);
        for (var i = 0; i < Batch; i++)
        {
            var (source, input) = cases[i];
            var ours = Jq.First(Wrap(source, input));
            Assert.True(JqValue.Parse(ours) == JqValue.Parse(theirs[i]), $"{source}\non   {input}\nours {ours}\njq   {theirs[i]}");
        }
    }

    /// <summary>The values up to an error as one value; what an error says differs between versions.</summary>
    private static string Wrap(string source, JqValue input) =>
        $"({input} | try [limit({MaxValues}; ({source}))] catch \"error\")";

    private static bool IsInstalled()
    {
        try
        {
            return RunCommand("1").Count == 1;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static List<string> RunCommand(string program)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, program, new UTF8Encoding(false));
            using var process = Process.Start(new ProcessStartInfo("jq", ["-n", "-c", "-f", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"jq ended with {process.ExitCode}");
            return [.. lines];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
