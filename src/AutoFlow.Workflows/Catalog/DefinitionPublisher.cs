using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Catalog;

/// <summary>Gathers what a definition names from outside, so that it can be published whole.</summary>
public static class DefinitionPublisher
{
    /// <summary>How many resources one definition may have, those that its resources name counted.</summary>
    public const int MaxResources = 64;

    /// <summary>How many UTF-16 characters all resources of one definition may have together.</summary>
    public const int MaxTotalLength = 4_000_000;

    /// <summary>Reads a definition and every resource it names, directly or through other resources, and checks it with them.</summary>
    /// <param name="fileName">The name that findings begin with.</param>
    /// <param name="text">The YAML text.</param>
    /// <param name="functions">The functions the definition may call.</param>
    /// <param name="reader">Reads the resources.</param>
    /// <returns>
    /// The definition with its resources (<see cref="Model.WorkflowDefinition.Resources"/>), or all findings; a resource that cannot be
    /// read is a finding at the place that names it.
    /// </returns>
    public static async Task<WorkflowParseResult> ResolveAsync(
        string fileName, string text, IFunctionCatalog functions, IResourceReader reader, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var resources = DefinitionResources.Empty;
        var problems = new Dictionary<Uri, string>();
        var length = 0;
        while (true)
        {
            var parsed = WorkflowParser.Parse(fileName, text, functions, resources);
            var open = parsed.Missing.Select(static m => m.Uri).Distinct().Where(uri => !problems.ContainsKey(uri)).ToList();
            if (open.Count == 0) return Explained(parsed, problems);
            foreach (var uri in open)
            {
                var read = resources.Count >= MaxResources
                    ? ResourceText.Failed($"the definition has more than {MaxResources} resources")
                    : await reader.ReadAsync(uri, cancellation).ConfigureAwait(false);
                if (read.Text is null)
                    problems[uri] = read.Problem!;
                else if ((length += read.Text.Length) > MaxTotalLength)
                    problems[uri] = $"the resources of the definition are together longer than {MaxTotalLength} characters";
                else
                    resources = resources.With(uri, read.Text);
            }
        }
    }

    private static WorkflowParseResult Explained(WorkflowParseResult parsed, Dictionary<Uri, string> problems)
    {
        if (problems.Count == 0) return parsed;
        var explained = parsed.Missing.DistinctBy(static m => m.Finding).ToDictionary(
            static m => m.Finding, m => m.Finding with { Message = $"cannot read {m.Uri}: {problems[m.Uri]}", Hint = null });
        return parsed with { Diagnostics = [.. parsed.Diagnostics.Select(d => explained.GetValueOrDefault(d, d))] };
    }
}
