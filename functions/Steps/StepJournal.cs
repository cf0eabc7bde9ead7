using AutoFlow.Support.Journal;

namespace AutoFlow.Functions.Steps;

/// <summary>Writes what a step looked up or did, once per call.</summary>
public sealed class StepJournal(IJournal journal, TimeProvider time)
{
    public Task LookedUpAsync<TWith>(StepCall<TWith> call, string text, CancellationToken ct) => WriteAsync(call, JournalKind.LookedUp, text, ct);

    public Task DidAsync<TWith>(StepCall<TWith> call, string text, CancellationToken ct) => WriteAsync(call, JournalKind.Did, text, ct);

    public Task WatchesAsync<TWith>(StepCall<TWith> call, string trackingNumber, CancellationToken ct) => WriteAsync(call, JournalKind.Watches, trackingNumber, ct);

    private Task WriteAsync<TWith>(StepCall<TWith> call, JournalKind kind, string text, CancellationToken ct) =>
        journal.WriteAsync(new JournalLine($"{call.Key}:{kind}", call.InstanceId, kind, text, time.GetUtcNow()), ct);
}
