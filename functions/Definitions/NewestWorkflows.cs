using System.Text.Json;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Functions.Definitions;

/// <summary>The newest version of every definition at one moment: what new messages, schedules and calls of "latest" take.</summary>
public sealed class NewestWorkflows
{
    /// <summary>Where a definition names the intents it serves: <c>document.metadata.intents</c>.</summary>
    private const string IntentsKey = "intents";

    /// <summary>Where a definition names the intents that it settles on the way, so that they are no matter of their own: <c>document.metadata.covers</c>.</summary>
    private const string CoversKey = "covers";

    private readonly LifecycleScope _lifecycle;
    private readonly Dictionary<string, WorkflowDefinition> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byIntent = new(StringComparer.Ordinal);

    /// <param name="catalog">Every definition.</param>
    /// <param name="lifecycle">Which lifecycle events a run that is started now publishes.</param>
    public NewestWorkflows(DefinitionCatalog catalog, LifecycleScope lifecycle)
    {
        _lifecycle = lifecycle;
        All = [.. catalog.All.Select(one => (one.Identity.Namespace, one.Identity.Name)).Distinct().Select(one => catalog.Latest(one.Name, one.Namespace)!)];
        foreach (var definition in All)
        {
            _byName.TryAdd(definition.Identity.Name, catalog.Latest(definition.Identity.Name)!);
            foreach (var intent in Words(definition, IntentsKey)) _byIntent.TryAdd(intent, definition.Identity.Name);
        }
    }

    /// <summary>One for each namespace and name, sorted by both.</summary>
    public IReadOnlyList<WorkflowDefinition> All { get; }

    /// <summary>From intent to the name of the workflow that serves it.</summary>
    public IReadOnlyDictionary<string, string> ByIntent => _byIntent;

    /// <summary>The newest version. Throws when there is none: start-up has checked what the app needs.</summary>
    public WorkflowDefinition Latest(string name) => _byName.GetValueOrDefault(name) ?? throw new InvalidOperationException($"No definition is named {name}.");

    /// <summary>True when the newest version of a workflow settles that intent on the way.</summary>
    public bool Covers(string workflow, string intent) => Words(Latest(workflow), CoversKey).Contains(intent);

    /// <summary>What an instance of a definition is started with now; everything that it must not see change is in it.</summary>
    public WorkflowStart Start(WorkflowDefinition definition, JsonElement input) => new()
    {
        Workflow = definition.Identity.Name,
        DefinitionHash = definition.Hash,
        Input = input,
        Lifecycle = _lifecycle,
    };

    private static IEnumerable<string> Words(WorkflowDefinition definition, string key) =>
        definition.Metadata[key].Items.Select(item => item.AsString()).OfType<string>();
}
