using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;

namespace AutoFlow.Functions.Definitions;

/// <summary>What ops own, read from one folder: the definitions, the policies and the reply texts.</summary>
public sealed record WorkflowFolder(DefinitionCatalog Definitions, PolicyBook Policies, ReplyCatalog Replies)
{
    /// <summary>Reads the folder. Without a folder when anything in it is wrong; the problems are lines for a person, all of them.</summary>
    public static (WorkflowFolder? Folder, IReadOnlyList<string> Problems) Load(string path, IFunctionCatalog steps)
    {
        if (!Directory.Exists(path)) return (null, [$"{path}: there is no such folder; set AUTOFLOW_WORKFLOWS to the folder of your workflows"]);

        var shown = Shown(path);
        var definitions = new DefinitionCatalog(steps);
        var findings = definitions.LoadFolder(shown);
        var policies = PolicyBook.Load(Path.Combine(shown, "policies"));
        var replies = ReplyCatalog.Load(Path.Combine(shown, "replies"));
        string[] problems =
        [
            .. findings.Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => finding.Format()),
            .. policies.Errors.Select(error => error.ToString()),
            .. replies.Errors.Select(error => error.ToString()),
            .. policies.Book is { } book && definitions.Latest(book.Routing.HandOver) is null && findings.Count == 0
                ? [$"{Path.Combine(shown, "policies", "routing.yaml")}: handOver names '{book.Routing.HandOver}', but no definition has that name"]
                : Array.Empty<string>(),
        ];
        return problems.Length == 0 ? (new WorkflowFolder(definitions, policies.Book!, replies.Catalog!), []) : (null, problems);
    }

    /// <summary>The path as people know it: relative where it is below the folder they stand in.</summary>
    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
