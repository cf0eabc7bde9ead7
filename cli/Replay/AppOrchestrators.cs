using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Support.Definitions;
using AutoFlow.Workflows.Catalog;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AutoFlow.Cli.Replay;

/// <summary>The orchestrators of the app, over the definitions that a catalog has.</summary>
internal static class AppOrchestrators
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [nameof(RunWorkflow), nameof(RunSchedule)];

    /// <summary>The code of one; null where the app has none of that name. It lives as long as the process.</summary>
    public static Func<TaskOrchestrationContext, Task<object?>>? Find(string name, DefinitionCatalog definitions)
    {
        var library = new WorkflowLibrary(definitions, new NoStore(), Options.Create(new WorkflowSettings()), TimeProvider.System, NullLogger<WorkflowLibrary>.Instance);
        if (Is(name, nameof(RunWorkflow))) return async context => await new RunWorkflow(library).Run(context);
        return Is(name, nameof(RunSchedule)) ? RoundAsync : null;

        async Task<object?> RoundAsync(TaskOrchestrationContext context)
        {
            await new RunSchedule(library).Run(context);
            return null;
        }
    }

    private static bool Is(string name, string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);

    /// <summary>All that is known is in the catalog.</summary>
    private sealed class NoStore : IDefinitionStore
    {
        public Task<Publications> PublishAsync(IReadOnlyList<NewDefinition> definitions, CancellationToken ct) => throw new NotSupportedException("A replay publishes nothing.");

        public Task<IReadOnlyList<NewDefinition>> TakenAsync(IReadOnlyList<NewDefinition> definitions, CancellationToken ct) => throw new NotSupportedException("A replay publishes nothing.");

        public Task<IReadOnlyList<PublishedDefinition>> AfterAsync(long number, CancellationToken ct) => Task.FromResult<IReadOnlyList<PublishedDefinition>>([]);

        public Task<PublishedDefinition?> FindAsync(string hash, CancellationToken ct) => Task.FromResult<PublishedDefinition?>(null);

        public PublishedDefinition? Find(string hash) => null;
    }
}
