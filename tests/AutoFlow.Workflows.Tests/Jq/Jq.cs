using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>Runs a program on JSON text.</summary>
internal static class Jq
{
    public static string First(string program, string input = "null") => Compile(program).EvaluateFirst(JqValue.Parse(input), []).ToJson();

    public static string All(string program, string input = "null") =>
        string.Join(' ', Compile(program).Evaluate(JqValue.Parse(input), []));

    public static JqProgram Compile(string program)
    {
        var compilation = JqProgram.Compile(program, []);
        Assert.True(compilation.Succeeded, $"{program}: {compilation.Error}");
        return compilation.Program;
    }
}
