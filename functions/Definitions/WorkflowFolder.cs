using AutoFlow.Support.Definitions;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;

namespace AutoFlow.Functions.Definitions;

/// <summary>What ops own, read from one folder: the definitions, the policies and the reply texts.</summary>
/// <param name="Path">The folder, as people know it.</param>
/// <param name="Unresolved">Definitions that name resources: <see cref="ResolveAsync"/> reads them.</param>
public sealed record WorkflowFolder(
    string Path, DefinitionCatalog Definitions, PolicyBook Policies, ReplyCatalog Replies, IReadOnlyList<(string File, string Text)> Unresolved)
{
    /// <summary>Reads the folder. Without a folder when anything in it is wrong; the problems are lines for a person, all of them.</summary>
    public static (WorkflowFolder? Folder, IReadOnlyList<string> Problems) Load(string path, IFunctionCatalog steps)
    {
        if (!Directory.Exists(path)) return (null, [$"{path}: there is no such folder; set AUTOFLOW_WORKFLOWS to the folder of your workflows"]);

        var shown = Shown(path);
        var definitions = new DefinitionCatalog(steps);
        var findings = new List<Diagnostic>();
        var unresolved = new List<(string File, string Text)>();
        foreach (var file in WorkflowFiles.In(shown))
        {
            var text = File.ReadAllText(file);
            var read = definitions.Publish(file, text);
            findings.AddRange(read.Diagnostics.Except(read.Missing.Select(missing => missing.Finding)));
            if (read.Missing.Count > 0) unresolved.Add((file, text));
        }

        var policies = PolicyBook.Load(System.IO.Path.Combine(shown, "policies"));
        var replies = ReplyCatalog.Load(System.IO.Path.Combine(shown, "replies"));
        string[] problems =
        [
            .. Errors(findings),
            .. policies.Errors.Select(error => error.ToString()),
            .. replies.Errors.Select(error => error.ToString()),
            .. policies.Book is { } book && definitions.Latest(book.Routing.HandOver) is null && findings.Count == 0 && unresolved.Count == 0
                ? [$"{System.IO.Path.Combine(shown, "policies", "routing.yaml")}: handOver names '{book.Routing.HandOver}', but no definition has that name"]
                : Array.Empty<string>(),
        ];
        return problems.Length == 0 ? (new WorkflowFolder(shown, definitions, policies.Book!, replies.Catalog!, unresolved), []) : (null, problems);
    }

    /// <summary>
    /// Adds the definitions that name resources. One whose text is published already keeps what was pinned with it from the web then,
    /// so that a start needs no other machine; all else is read. A file beside it that was changed since makes it another content.
    /// </summary>
    /// <returns>The problems, lines for a person.</returns>
    public async Task<IReadOnlyList<string>> ResolveAsync(IReadOnlyList<PublishedDefinition> published, IResourceReader web, CancellationToken ct)
    {
        var findings = new List<Diagnostic>();
        foreach (var (file, text) in Unresolved)
        {
            // What stands at an address may change, but a published version does not.
            var same = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
            var others = published.FirstOrDefault(one => one.Text == same) is { } known ? new GivenResources(known.Resources, web) : web;
            var read = await Definitions.PublishAsync(file, text, new FolderResourceReader(Path, others), ct);
            findings.AddRange(read.Diagnostics);
        }

        return [.. Errors(findings)];
    }

    private static IEnumerable<string> Errors(IEnumerable<Diagnostic> findings) =>
        findings.Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => finding.Format());

    /// <summary>The path as people know it: relative where it is below the folder they stand in.</summary>
    private static string Shown(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
