using System.Text.RegularExpressions;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>What runs inside the orchestrator must do the same on every replay: it may not ask the clock, the dice or the machine.</summary>
public sealed partial class DeterminismTests
{
    private static readonly string[] Replayed = ["functions/Orchestrations", "src/AutoFlow.Workflows/Execution", "src/AutoFlow.Workflows/Tasks", "src/AutoFlow.Workflows/Expressions", "src/AutoFlow.Workflows/Jq"];

    [Fact]
    public void Code_that_is_replayed_asks_nothing_that_changes()
    {
        var files = Replayed.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Sources.Root, folder), "*.cs", SearchOption.AllDirectories)).ToList();
        var found = from file in files
                    from line in File.ReadLines(file).Select((text, at) => (Text: Comment().Replace(text, ""), At: at + 1))
                    where Forbidden().IsMatch(line.Text)
                    select $"{Path.GetRelativePath(Sources.Root, file)}:{line.At}: {line.Text.Trim()}";

        Assert.True(files.Count > 50, $"only {files.Count} files were looked at");
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false);")]
    [InlineData("File.ReadAllText(path)")]
    public void The_guard_sees_what_it_looks_for(string line) => Assert.Matches(Forbidden(), line);

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bGuid\.NewGuid\b|\bRandom\b|\bTask\.(Run|Delay)\b|\.ConfigureAwait\(|\bThread\.|\bThreadPool\b|\bEnvironment\.|\bFile\.|\bStopwatch\b|\bTimeProvider\b")]
    private static partial Regex Forbidden();

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();
}
