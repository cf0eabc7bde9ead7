using AutoFlow.Support.Definitions;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions.Definitions;

/// <summary>
/// Every published definition: found by hash for the instances that are pinned to it, and in its newest version for what
/// begins now. What this host does not know it asks the store, so that a definition published on another host counts here too.
/// </summary>
public sealed class WorkflowLibrary(
    DefinitionCatalog catalog, IDefinitionStore store, IOptions<WorkflowSettings> settings, TimeProvider time, ILogger<WorkflowLibrary> logger) : IDisposable
{
    /// <summary>How old "newest" may be: another host's publication is seen within this time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private NewestWorkflows? _newest;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private long _lastNumber;

    /// <summary>Which lifecycle events a run that is started now publishes.</summary>
    public LifecycleScope Lifecycle => settings.Value.ReadLifecycle();

    /// <summary>The definition with that content hash, or null. Synchronous for <see cref="IDefinitionStore.Find"/>'s reason.</summary>
    public WorkflowDefinition? Find(string hash)
    {
        if (catalog.Find(hash) is { } known) return known;
        if (store.Find(hash) is { } published) Log(Learn([published]));
        return catalog.Find(hash);
    }

    /// <summary>The definition with that identity (the version may be <c>latest</c>), or null; asks the store first.</summary>
    public async Task<WorkflowDefinition?> FindAsync(WorkflowIdentity identity, CancellationToken ct)
    {
        Log(await RefreshAsync(ct));
        return catalog.Find(identity);
    }

    /// <summary>The newest versions, at most some seconds old.</summary>
    public async ValueTask<NewestWorkflows> NewestAsync(CancellationToken ct)
    {
        if (time.GetUtcNow() - _askedAt >= Fresh) Log(await RefreshAsync(ct));
        lock (_gate) return _newest ??= new NewestWorkflows(catalog, Lifecycle);
    }

    /// <summary>Reads what was published since the last time.</summary>
    /// <returns>Why definitions could not be read: this version of the app no longer takes them.</returns>
    public async Task<IReadOnlyList<Diagnostic>> RefreshAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var now = time.GetUtcNow();
            var later = await store.AfterAsync(_lastNumber, ct);
            var errors = Learn(later);
            if (later.Count > 0) _lastNumber = later[^1].Number;
            _askedAt = now;
            return errors;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes published definitions count on this host at once. What is known already changes nothing.</summary>
    /// <returns>Why some of them could not be read.</returns>
    public IReadOnlyList<Diagnostic> Learn(IReadOnlyList<PublishedDefinition> published)
    {
        if (published.Count == 0) return [];
        // Its instances cannot go on where one does not read, but nobody else's are held up for it.
        var errors = published
            .SelectMany(one => catalog.Publish($"{one.Name} {one.Version} (published {one.PublishedAt:yyyy-MM-dd})", one.Text, GivenResources.Pinned(one.Resources)).Diagnostics)
            .Where(found => found.Severity == DiagnosticSeverity.Error)
            .ToList();
        lock (_gate) _newest = null;
        return errors;
    }

    public void Dispose() => _turn.Dispose();

    private void Log(IReadOnlyList<Diagnostic> errors)
    {
        foreach (var error in errors) logger.LogError("A published definition cannot be read: {Error}", error.Format());
    }
}
