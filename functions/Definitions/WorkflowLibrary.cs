using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Functions.Definitions;

/// <summary>
/// Every published definition: found by hash for the instances that are pinned to it, by name in its newest version for
/// new messages, and by the intents that it says it serves.
/// </summary>
public sealed class WorkflowLibrary(DefinitionCatalog catalog)
{
    /// <summary>Where a definition names the intents it serves: <c>document.metadata.intents</c>.</summary>
    private const string IntentsKey = "intents";

    /// <summary>Where a definition names the intents that it settles on the way, so that they are no matter of their own: <c>document.metadata.covers</c>.</summary>
    private const string CoversKey = "covers";

    private readonly Lazy<IReadOnlyDictionary<string, string>> _byIntent = new(() => ReadIntents(catalog));

    /// <summary>From intent to the name of the workflow that serves it.</summary>
    public IReadOnlyDictionary<string, string> ByIntent => _byIntent.Value;

    /// <summary>The newest version of every definition, by name.</summary>
    public IReadOnlyList<WorkflowDefinition> Newest => NewestOf(catalog);

    /// <summary>The definition with that content hash, or null.</summary>
    public WorkflowDefinition? Find(string hash) => catalog.Find(hash);

    /// <summary>The definition with that identity (the version may be <c>latest</c>), or null.</summary>
    public WorkflowDefinition? Find(WorkflowIdentity identity) => catalog.Find(identity);

    /// <summary>The newest version. Throws when there is none: start-up has checked what the app needs.</summary>
    public WorkflowDefinition Latest(string name) => catalog.Latest(name) ?? throw new InvalidOperationException($"No definition is named {name}.");

    /// <summary>True when the newest version of a workflow settles that intent on the way.</summary>
    public bool Covers(string workflow, string intent) => Words(Latest(workflow), CoversKey).Contains(intent);

    private static List<WorkflowDefinition> NewestOf(DefinitionCatalog catalog) =>
        [.. catalog.All.Select(definition => definition.Identity.Name).Distinct(StringComparer.Ordinal).Select(name => catalog.Latest(name)!)];

    private static Dictionary<string, string> ReadIntents(DefinitionCatalog catalog)
    {
        var byIntent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var definition in NewestOf(catalog))
        {
            foreach (var intent in Words(definition, IntentsKey))
                byIntent.TryAdd(intent, definition.Identity.Name);
        }

        return byIntent;
    }

    private static IEnumerable<string> Words(WorkflowDefinition definition, string key) =>
        definition.Metadata[key].Items.Select(item => item.AsString()).OfType<string>();
}
