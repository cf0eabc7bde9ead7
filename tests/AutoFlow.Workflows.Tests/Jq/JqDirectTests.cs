using AutoFlow.Workflows.Jq;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>What is evaluated without the machine gives what the machine gives.</summary>
public class JqDirectTests
{
    [Fact]
    public void The_fast_way_and_the_machine_agree_on_values_and_errors() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 30; i++)
            {
                var programs = new RandomPrograms(random);
                var source = random.Next(2) == 0 ? programs.Single(4) : programs.Generator(4);
                var input = programs.Value(3);
                Assert.Equal(
                    $"{source} on {input}: {Run(Node.ForMachineOnly(() => JqProgram.Compile(source, [])), input)}",
                    $"{source} on {input}: {Run(JqProgram.Compile(source, []), input)}");
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("[.[] | select(. > 1) | {n: .}]")]
    [InlineData("reduce .[] as $x (0; . + $x)")]
    [InlineData(".[1] |= . + 1")]
    [InlineData("[foreach .[] as $x (0; . + $x; [$x, .])]")]
    [InlineData("map(.?) | map(. // 1) | [path(.[]?)]")]
    [InlineData("[range(3) | select(. != 1)]")]
    public void What_workflows_write_needs_no_machine(string source)
    {
        var tree = Compiler.Compile(JqParser.Parse(source), [], source).Program;
        Assert.True(tree.IsDirect);
    }

    /// <summary>The library is compiled once, on the thread that asks first; what it costs must not hang on who that was.</summary>
    [Fact]
    public void What_is_made_for_every_way_is_so_within_what_is_made_for_the_machine()
    {
        var (inner, outer) = Node.ForMachineOnly(() => (Node.ForEveryWay(Tree), Tree()));
        Assert.True(inner.IsDirect);
        Assert.False(outer.IsDirect);
        Assert.True(Tree().IsDirect);

        static Node Tree() => Compiler.Compile(JqParser.Parse("[.[] | . + 1]"), [], "").Program;
    }

    private static string Run(JqCompilation compilation, JqValue input)
    {
        Assert.True(compilation.Succeeded, compilation.Error?.ToString());
        var shown = new List<string>();
        try
        {
            foreach (var value in compilation.Program.Evaluate(input, []).Take(50))
                shown.Add(value.ToJson());
        }
        catch (JqException error)
        {
            shown.Add($"error {error.Message}");
        }

        return string.Join(' ', shown);
    }
}
