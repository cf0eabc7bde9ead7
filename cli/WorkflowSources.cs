using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Testing.Scenarios;

namespace AutoFlow.Cli;

/// <summary>The definitions and scenario files that a command is given by path.</summary>
internal sealed class WorkflowSources
{
    private readonly Surroundings _surroundings;
    private readonly SortedSet<string> _definitions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _scenarios = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _besides = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _fileOf = new(StringComparer.Ordinal);

    private WorkflowSources(Surroundings surroundings)
    {
        _surroundings = surroundings;
        Catalog = new DefinitionCatalog(surroundings.Functions);
    }

    /// <summary>Every definition that was read, also those that only lie beside the ones meant.</summary>
    public DefinitionCatalog Catalog { get; }

    /// <summary>The definitions that were meant and are right, with their files.</summary>
    public List<(string File, WorkflowDefinition Definition)> Definitions { get; } = [];

    /// <summary>The scenario files that were meant and are right.</summary>
    public List<ScenarioFile> Scenarios { get; } = [];

    /// <summary>What is wrong or doubtful in the files that were meant, in the order of the files.</summary>
    public List<Diagnostic> Findings { get; } = [];

    /// <summary>The folders that were meant.</summary>
    public List<string> Folders { get; } = [];

    /// <summary>How many paths could not be read; each was complained of.</summary>
    public int Unreadable { get; private set; }

    /// <summary>How many definition files were meant.</summary>
    public int DefinitionFiles => _definitions.Count;

    /// <summary>How many scenario files were meant.</summary>
    public int ScenarioFiles => _scenarios.Count;

    public bool HasErrors => Unreadable > 0 || Findings.Exists(static f => f.Severity == DiagnosticSeverity.Error);

    /// <summary>Reads what the paths mean: a folder means its definitions and scenarios, a definition also the scenarios beside it.</summary>
    public static async Task<WorkflowSources> LoadAsync(IEnumerable<string> paths, Surroundings surroundings, CancellationToken cancellation)
    {
        var sources = new WorkflowSources(surroundings);
        foreach (var path in paths) sources.Find(path);
        await sources.ReadDefinitionsAsync(cancellation);
        sources.ReadScenarios();
        return sources;
    }

    /// <summary>Reads the one definition of a file; null when it is none, and then what is wrong was told.</summary>
    public static async Task<WorkflowDefinition?> LoadOneAsync(string file, Surroundings surroundings, CancellationToken cancellation)
    {
        var sources = await LoadAsync([file], surroundings, cancellation);
        foreach (var finding in sources.Findings.Where(f => f.Severity == DiagnosticSeverity.Error && f.File == file))
            surroundings.Error.WriteLine(finding.Format());
        return sources.Definitions is [var only] ? only.Definition : null;
    }

    /// <summary>The file that a definition was read from.</summary>
    public string FileOf(WorkflowDefinition definition) => _fileOf[definition.Hash];

    private void Find(string path)
    {
        if (Directory.Exists(path))
        {
            var found = WorkflowFiles.In(path);
            if (found.Count == 0) Complain($"no workflow files in {path}");
            Folders.Add(path);
            _definitions.UnionWith(found);
            _scenarios.UnionWith(WorkflowFiles.ScenariosIn(path));
        }
        else if (!File.Exists(path))
        {
            Complain(path.StartsWith('-') ? $"unknown flag: {path}" : $"no such file or folder: {path}");
        }
        else if (WorkflowFiles.IsScenarios(path))
        {
            _scenarios.Add(path);
            _besides.UnionWith(WorkflowFiles.In(Folder(path)));
        }
        else
        {
            _definitions.Add(path);
            var beside = Path.ChangeExtension(path, ".scenarios" + Path.GetExtension(path));
            if (File.Exists(beside)) _scenarios.Add(beside);
        }
    }

    private static string Folder(string file) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".";

    private async Task ReadDefinitionsAsync(CancellationToken cancellation)
    {
        foreach (var file in _definitions)
        {
            if (Text(file) is not { } text) continue;
            var read = await PublishAsync(file, text, cancellation);
            Findings.AddRange(read.Diagnostics);
            if (read.Definition is not { } definition) continue;
            Definitions.Add((file, definition));
            _fileOf.TryAdd(definition.Hash, file);
        }

        foreach (var file in _besides.Except(_definitions, StringComparer.Ordinal))
        {
            if (Text(file) is not { } text) continue;
            if ((await PublishAsync(file, text, cancellation)).Definition is { } definition) _fileOf.TryAdd(definition.Hash, file);
        }
    }

    /// <summary>Checks a definition with the resources that it names, from beside it or from the web.</summary>
    private Task<WorkflowParseResult> PublishAsync(string file, string text, CancellationToken cancellation) =>
        Catalog.PublishAsync(file, text, new FolderResourceReader(Folder(Path.GetFullPath(file)), _surroundings.Web), cancellation);

    private void ReadScenarios()
    {
        foreach (var file in _scenarios)
        {
            if (Text(file) is not { } text) continue;
            var read = ScenarioReader.Read(file, text, Catalog, _surroundings.Functions);
            Findings.AddRange(read.Diagnostics);
            if (read.File is { } scenarios) Scenarios.Add(scenarios);
        }
    }

    private string? Text(string file)
    {
        var text = _surroundings.Read(file);
        if (text is null) Unreadable++;
        return text;
    }

    private void Complain(string message) => Unreadable += _surroundings.Complain(message);
}
