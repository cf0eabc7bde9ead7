using System.CommandLine;

namespace AutoFlow.Cli;

/// <summary><c>autoflow run</c>.</summary>
internal sealed class RunCommand(Surroundings surroundings)
{
    public static Command Build(Surroundings surroundings)
    {
        var command = new Command("run", "Runs one definition.");
        command.SetAction(_ => new RunCommand(surroundings).Run());
        return command;
    }

    private int Run() => surroundings.Complain("not yet");
}
