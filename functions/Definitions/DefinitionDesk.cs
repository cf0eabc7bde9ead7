using AutoFlow.Support.Definitions;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Functions.Definitions;

/// <summary>A definition as somebody hands it in.</summary>
/// <param name="File">The name that findings begin with.</param>
/// <param name="Text">The YAML.</param>
/// <param name="Resources">Texts that it names and that are handed in with it, by absolute URI.</param>
public sealed record DefinitionText(string File, string Text, IReadOnlyDictionary<string, string> Resources);

/// <summary>What came of definitions that were handed in together.</summary>
/// <param name="Findings">Errors, or the warnings of what was taken.</param>
public abstract record PublishOutcome(IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>At least one has an error; nothing was stored.</summary>
    public sealed record Refused(IReadOnlyList<Diagnostic> Findings) : PublishOutcome(Findings);

    /// <summary>Their identities are published with another content; nothing was stored.</summary>
    public sealed record Taken(IReadOnlyList<(string File, NewDefinition Definition)> Clashes) : PublishOutcome([]);

    /// <summary>All are stored, or would be on a dry run.</summary>
    public sealed record Stored(IReadOnlyList<(string File, NewDefinition Definition, bool IsNew)> Definitions, IReadOnlyList<Diagnostic> Findings)
        : PublishOutcome(Findings);
}

/// <summary>
/// Takes definitions in: all are checked before any is stored, all are stored or none, and what is stored counts on this
/// host at once.
/// </summary>
public sealed class DefinitionDesk(IFunctionCatalog functions, IDefinitionStore store, IResourceReader web, WorkflowLibrary library)
{
    public async Task<PublishOutcome> PublishAsync(IReadOnlyList<DefinitionText> texts, bool dryRun, CancellationToken ct)
    {
        var among = new DefinitionCatalog(functions);
        var read = new List<(string File, WorkflowParseResult Result)>();
        foreach (var text in texts)
            read.Add((text.File, await among.PublishAsync(text.File, text.Text, new GivenResources(text.Resources, web), ct)));
        var findings = read.SelectMany(one => one.Result.Diagnostics).ToList();
        if (findings.Exists(finding => finding.Severity == DiagnosticSeverity.Error)) return new PublishOutcome.Refused(findings);

        // Twice the same content among them is one definition.
        var files = read.DistinctBy(one => one.Result.Definition!.Hash).ToDictionary(one => one.Result.Definition!.Hash, one => one.File, StringComparer.Ordinal);
        NewDefinition[] definitions = [.. read.Select(one => Of(one.Result.Definition!)).DistinctBy(one => one.Hash)];
        if (dryRun)
        {
            var clashes = await store.TakenAsync(definitions, ct);
            if (clashes.Count > 0) return Taken(clashes, files);
            var known = new List<(string, NewDefinition, bool)>();
            foreach (var one in definitions) known.Add((files[one.Hash], one, await store.FindAsync(one.Hash, ct) is null));
            return new PublishOutcome.Stored(known, findings);
        }

        var result = await store.PublishAsync(definitions, ct);
        if (result.Taken.Count > 0) return Taken(result.Taken, files);
        library.Learn([.. result.Published.Select(one => one.Definition)]);
        return new PublishOutcome.Stored([.. definitions.Zip(result.Published, (one, published) => (files[one.Hash], one, published.IsNew))], findings);
    }

    /// <summary>A definition that was read, as the store takes it.</summary>
    public static NewDefinition Of(WorkflowDefinition definition) => new(
        definition.Hash, definition.Identity.Namespace, definition.Identity.Name, definition.Identity.Version, definition.Text,
        GivenResources.TextsOf(definition.Resources));

    private static PublishOutcome.Taken Taken(IEnumerable<NewDefinition> clashes, Dictionary<string, string> files) =>
        new([.. clashes.Select(one => (files[one.Hash], one))]);
}
