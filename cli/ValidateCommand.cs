using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Yaml;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;

namespace AutoFlow.Cli;

/// <summary><c>autoflow validate</c>: checks definitions, all errors of all files at once.</summary>
public sealed class ValidateCommand(IFunctionCatalog functions, TextWriter output, TextWriter error)
{
    /// <summary>Checks the files, and the workflow files of the folders.</summary>
    /// <returns>0 when every definition loads, else 1.</returns>
    public int Run(IEnumerable<string> paths)
    {
        var files = new List<string>();
        var besides = new List<FileError>();
        var unreadable = 0;
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var found = WorkflowFiles.In(path);
                if (found.Count == 0) unreadable += Complain($"no workflow files in {path}");
                files.AddRange(found);
                besides.AddRange(Besides(path));
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                unreadable += Complain(path.StartsWith('-') ? $"unknown flag: {path}" : $"no such file or folder: {path}");
            }
        }

        var findings = new List<Diagnostic>();
        var catalog = new DefinitionCatalog(functions);
        foreach (var file in files.Distinct(StringComparer.Ordinal))
        {
            try
            {
                findings.AddRange(catalog.Publish(file, File.ReadAllText(file)).Diagnostics);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unreadable += Complain($"cannot read {file}: {e.Message}");
            }
        }

        if (files.Count == 0) return 1;
        foreach (var finding in findings) output.WriteLine(finding.Format());
        foreach (var mistake in besides) output.WriteLine(mistake);
        var errors = findings.Count(static f => f.Severity == DiagnosticSeverity.Error);
        var warnings = findings.Count - errors;
        errors += besides.Count;
        output.WriteLine($"{Count(files.Count, "definition")}, {Count(errors, "error")}, {Count(warnings, "warning")}");
        return errors + unreadable == 0 ? 0 : 1;
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

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private int Complain(string message)
    {
        error.WriteLine($"autoflow: {message}");
        return 1;
    }
}
