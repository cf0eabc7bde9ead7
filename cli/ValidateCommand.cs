using System.CommandLine;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Yaml;
using AutoFlow.Workflows.Diagnostics;

namespace AutoFlow.Cli;

/// <summary><c>autoflow validate</c>: checks definitions and what lies beside them, all errors of all files at once.</summary>
internal sealed class ValidateCommand(Surroundings surroundings)
{
    public static Command Build(Surroundings surroundings)
    {
        var paths = new Argument<string[]>("file-or-folder")
        {
            Description = "Workflow definitions, scenario files, or folders that hold them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("validate", "Checks workflow definitions and scenarios, and reports every error with its place.") { paths };
        command.SetAction((parsed, cancellation) => new ValidateCommand(surroundings).RunAsync(parsed.GetValue(paths) ?? [], cancellation));
        return command;
    }

    /// <summary>Checks the files, and the workflow files of the folders.</summary>
    /// <returns>0 when every file is right, else 1.</returns>
    private async Task<int> RunAsync(IEnumerable<string> paths, CancellationToken cancellation)
    {
        var sources = await WorkflowSources.LoadAsync(paths, surroundings, cancellation);
        if (sources.DefinitionFiles + sources.ScenarioFiles == 0) return 1;
        var besides = sources.Folders.SelectMany(Besides).ToList();
        foreach (var finding in sources.Findings) surroundings.Output.WriteLine(finding.Format());
        foreach (var mistake in besides) surroundings.Output.WriteLine(mistake);
        var errors = sources.Findings.Count(static f => f.Severity == DiagnosticSeverity.Error);
        var warnings = sources.Findings.Count - errors;
        errors += besides.Count;
        var scenarios = sources.ScenarioFiles == 0 ? "" : $"{Counted.Of(sources.ScenarioFiles, "scenario file")}, ";
        surroundings.Output.WriteLine(
            $"{Counted.Of(sources.DefinitionFiles, "definition")}, {scenarios}{Counted.Of(errors, "error")}, {Counted.Of(warnings, "warning")}");
        return errors + sources.Unreadable == 0 ? 0 : 1;
    }

    /// <summary>The policies and reply texts that lie beside a folder's definitions, where it has them.</summary>
    private static IEnumerable<FileError> Besides(string folder)
    {
        var (policies, replies) = (Path.Combine(folder, "policies"), Path.Combine(folder, "replies"));
        if (Directory.Exists(policies))
            foreach (var error in PolicyBook.Load(policies).Errors) yield return error;
        if (Directory.Exists(replies))
            foreach (var error in ReplyCatalog.Load(replies).Errors) yield return error;
    }
}
