using System.CommandLine;
using System.CommandLine.Parsing;
using AutoFlow.Cli.Backup;
using AutoFlow.Cli.Instances;
using AutoFlow.Cli.Replay;
using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Cli;

/// <summary>The commands of <c>autoflow</c>. Exit code 0 when all is well, 1 when something is wrong.</summary>
public sealed class CommandLine(IFunctionCatalog functions, TextWriter output, TextWriter error)
{
    /// <summary>Makes the client of each call to an app.</summary>
    internal Func<HttpClient> Http { get; init; } = static () => new HttpClient();

    /// <summary>Runs one command line.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellation = default)
    {
        var surroundings = new Surroundings(functions, output, error);
        var root = new RootCommand("Workflow automation for customer service.")
        {
            ValidateCommand.Build(surroundings),
            TestCommand.Build(surroundings),
            RunCommand.Build(surroundings),
            GraphCommand.Build(surroundings),
            PublishCommand.Build(surroundings),
            InstancesCommand.Build(surroundings, Http),
            ReplayCommand.Build(surroundings),
            BackupCommand.Build(surroundings),
            RestoreCommand.Build(surroundings),
            TrainCommand.Build(surroundings),
            EvaluateCommand.Build(surroundings),
            PredictCommand.Build(surroundings),
        };
        // @file means what each option says it means, not more arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            // An unknown word also counts as a missing command; the word says more. An unknown flag can be taken for an argument, and then its value is left over.
            var unknown = parsed.UnmatchedTokens.Count == 0 ? null : FlagTaken(parsed) ?? parsed.UnmatchedTokens[0];
            var wrong = unknown is null ? OneLine(parsed.Errors[0].Message) : $"unknown command or flag: {unknown}";
            return surroundings.Complain($"{wrong} (autoflow --help lists the commands)");
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellation);
    }

    private static string? FlagTaken(ParseResult parsed) => parsed.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal));

    private static string OneLine(string text) =>
        text.ReplaceLineEndings(" ").Replace(" as expected type 'System.Int32'", ": a whole number is meant", StringComparison.Ordinal).TrimEnd('.', ' ');
}
