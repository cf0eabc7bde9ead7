namespace AutoFlow.Workflows.Catalog;

/// <summary>Says which files of a folder are workflow definitions.</summary>
public static class WorkflowFiles
{
    private static readonly string[] Endings = [".yaml", ".yml"];
    private static readonly string[] NoWorkflows = [".test", ".tests", ".scenario", ".scenarios"];

    /// <summary>
    /// The YAML files directly in the folder, sorted by name. Folders inside (policies) and files named <c>x.test.yaml</c> or
    /// <c>x.scenarios.yaml</c> hold other things.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(static f => Endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .Where(static f => !NoWorkflows.Contains(Path.GetExtension(Path.GetFileNameWithoutExtension(f)), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a file holds scenarios, by its name: <c>x.scenarios.yaml</c>.</summary>
    public static bool IsScenarios(string file) =>
        Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        && Path.GetExtension(Path.GetFileNameWithoutExtension(file)).Equals(".scenarios", StringComparison.OrdinalIgnoreCase);

    /// <summary>The scenario files directly in the folder, sorted by name.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> ScenariosIn(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(IsScenarios).Order(StringComparer.Ordinal)];
}
