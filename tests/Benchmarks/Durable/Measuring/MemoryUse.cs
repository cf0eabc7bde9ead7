namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>What the process holds after a full collection that gives freed memory back to the system.</summary>
/// <param name="ManagedBytes">Living objects.</param>
/// <param name="WorkingSetBytes">Resident memory, SQLite's and the runtime's own included.</param>
internal readonly record struct MemoryUse(long ManagedBytes, long WorkingSetBytes)
{
    /// <summary>Collects and measures.</summary>
    public static MemoryUse Now()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new MemoryUse(GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
    }

    /// <summary>The figures of what came in addition.</summary>
    public (string Name, double Value)[] Since(MemoryUse before)
    {
        var managed = (ManagedBytes - before.ManagedBytes) / 1e6;
        var resident = (WorkingSetBytes - before.WorkingSetBytes) / 1e6;
        return [(Figure.AddedMB, Math.Max(managed, resident)), (Figure.AddedManagedMB, managed), (Figure.AddedWorkingSetMB, resident)];
    }
}
