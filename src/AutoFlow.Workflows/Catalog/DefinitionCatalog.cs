using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Catalog;

/// <summary>
/// The published definitions by the hash of their content. A published identity never changes its content: a change needs a new
/// version, so that running instances keep what they began with. Safe to use from several threads.
/// </summary>
public sealed class DefinitionCatalog(IFunctionCatalog functions)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WorkflowDefinition> _byHash = new(StringComparer.Ordinal);
    private readonly Dictionary<WorkflowIdentity, WorkflowDefinition> _byIdentity = [];

    /// <summary>Every definition, sorted by namespace, name and version.</summary>
    public IReadOnlyList<WorkflowDefinition> All
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _byHash.Values
                        .OrderBy(static d => d.Identity.Namespace, StringComparer.Ordinal)
                        .ThenBy(static d => d.Identity.Name, StringComparer.Ordinal)
                        .ThenBy(static d => SemanticVersion.Parse(d.Identity.Version)),
                ];
            }
        }
    }

    /// <summary>Checks a definition and adds it. The same content again changes nothing.</summary>
    /// <param name="fileName">The name that findings begin with.</param>
    /// <param name="text">The YAML text.</param>
    /// <param name="resources">The texts of the resources that the definition names; null for none.</param>
    /// <returns>The definition, or why it is refused: its own errors, or its identity with another content.</returns>
    public WorkflowParseResult Publish(string fileName, string text, DefinitionResources? resources = null) =>
        Add(fileName, WorkflowParser.Parse(fileName, text, functions, resources));

    /// <summary>Reads the resources that a definition names, checks it with them, and adds it.</summary>
    /// <param name="fileName">The name that findings begin with.</param>
    /// <param name="text">The YAML text.</param>
    /// <param name="reader">Reads the resources.</param>
    /// <returns>The definition, or why it is refused.</returns>
    public async Task<WorkflowParseResult> PublishAsync(
        string fileName, string text, IResourceReader reader, CancellationToken cancellation) =>
        Add(fileName, await DefinitionPublisher.ResolveAsync(fileName, text, functions, reader, cancellation).ConfigureAwait(false));

    private WorkflowParseResult Add(string fileName, WorkflowParseResult parsed)
    {
        if (parsed.Definition is not { } definition) return parsed;
        lock (_gate)
        {
            if (_byIdentity.TryGetValue(definition.Identity, out var published) && published.Hash != definition.Hash)
            {
                var conflict = new Diagnostic(
                    DiagnosticSeverity.Error,
                    fileName,
                    SourcePosition.Start,
                    $"{definition.Identity} is already published with another content",
                    "raise document.version",
                    null);
                return new WorkflowParseResult(null, [.. parsed.Diagnostics, conflict]);
            }

            if (_byHash.TryGetValue(definition.Hash, out var same)) return parsed with { Definition = same };
            _byHash[definition.Hash] = definition;
            _byIdentity[definition.Identity] = definition;
        }

        return parsed;
    }

    /// <summary>The definition with this content hash; null when there is none.</summary>
    public WorkflowDefinition? Find(string hash)
    {
        lock (_gate)
        {
            return _byHash.GetValueOrDefault(hash);
        }
    }

    /// <summary>The definition with this identity; the version may be <c>latest</c>. Null when there is none.</summary>
    public WorkflowDefinition? Find(WorkflowIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (identity.Version == Execution.WorkflowReference.Latest) return Latest(identity.Name, identity.Namespace);
        lock (_gate)
        {
            return _byIdentity.GetValueOrDefault(identity);
        }
    }

    /// <summary>The newest version by SemVer; a preview only where there is no release. Null when there is none of the name.</summary>
    /// <param name="name">The definition's name.</param>
    /// <param name="workflowNamespace">The namespace; any when null.</param>
    public WorkflowDefinition? Latest(string name, string? workflowNamespace = null) => All
        .Where(d => d.Identity.Name == name && (workflowNamespace is null || d.Identity.Namespace == workflowNamespace))
        .Select(static d => (Definition: d, Version: SemanticVersion.Parse(d.Identity.Version)!))
        .OrderBy(static d => d.Version.IsPreRelease)
        .ThenByDescending(static d => d.Version)
        .Select(static d => d.Definition)
        .FirstOrDefault();

    /// <summary>Publishes every workflow file of a folder (see <see cref="WorkflowFiles.In"/>) with the resources it names: files of the folder, and what the reader reads.</summary>
    /// <param name="others">Reads what is no file; null where only files may be named.</param>
    /// <returns>Every finding; the folder is good when none of them is an error.</returns>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    public async Task<IReadOnlyList<Diagnostic>> LoadFolderAsync(string folder, IResourceReader? others, CancellationToken cancellation)
    {
        var reader = new FolderResourceReader(folder, others);
        var findings = new List<Diagnostic>();
        foreach (var file in WorkflowFiles.In(folder))
        {
            var text = await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false);
            findings.AddRange((await PublishAsync(file, text, reader, cancellation).ConfigureAwait(false)).Diagnostics);
        }

        return findings;
    }
}
