using System.CommandLine;
using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Cli;

/// <summary>The commands of <c>autoflow</c>. Exit code 0 when all is well, 1 when something is wrong.</summary>
public sealed class CommandLine(IFunctionCatalog functions, TextWriter output, TextWriter error)
{
    /// <summary>Runs one command line.</summary>
    public int Run(IReadOnlyList<string> args)
    {
        var root = new RootCommand("Workflow automation for customer service.") { Validate() };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // An unknown word also counts as a missing command; the word says more.
            var wrong = parsed.UnmatchedTokens.Count > 0 ? $"unknown command or flag: {parsed.UnmatchedTokens[0]}" : OneLine(parsed.Errors[0].Message);
            error.WriteLine($"autoflow: {wrong} (autoflow --help lists the commands)");
            return 1;
        }

        return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error });
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    private Command Validate()
    {
        var paths = new Argument<string[]>("file-or-folder")
        {
            Description = "Workflow definitions, or folders that hold them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("validate", "Checks workflow definitions and reports every error with its place.") { paths };
        command.SetAction(parsed => new ValidateCommand(functions, output, error).Run(parsed.GetValue(paths) ?? []));
        return command;
    }
}
