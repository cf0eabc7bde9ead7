using AutoFlow.Storage;

namespace AutoFlow.Functions.Health;

/// <summary>Whether the support data can be read, in the form that this version needs.</summary>
public sealed class DatabaseCheck(DatabaseProbe probe) : IDependencyCheck
{
    public string Name => "database";

    public bool Needed => true;

    public async Task<DependencyReport> CheckAsync(CancellationToken ct) => await probe.LookAsync(ct) is { Error: { } error }
        ? new DependencyReport(Name, DependencyState.Failed, Reason: error)
        : new DependencyReport(Name, DependencyState.Ok);
}
