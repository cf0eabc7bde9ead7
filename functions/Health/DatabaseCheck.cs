using AutoFlow.Support.Messages;

namespace AutoFlow.Functions.Health;

/// <summary>Looks for a row by a key that no row has: one look-up in the index of the support data.</summary>
public sealed class DatabaseCheck(IInbox inbox) : IDependencyCheck
{
    private const string NoRow = "probe";

    public string Name => "database";

    public bool Needed => true;

    public async Task<DependencyReport> CheckAsync(CancellationToken ct)
    {
        await inbox.FindAsync(NoRow, ct);
        return new DependencyReport(Name, DependencyState.Ok);
    }
}
