namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>Names of what is measured.</summary>
internal static class Figure
{
    public const string InstancesPerSecond = "instancesPerSecond";

    /// <summary>User and system time of the whole process, its caller included.</summary>
    public const string CpuMsPerInstance = "cpuMsPerInstance";

    /// <summary>Managed memory that was allocated, its caller's included; 1 kB = 1,000 bytes.</summary>
    public const string AllocatedKBPerInstance = "allocatedKBPerInstance";

    public const string P50Ms = "p50Ms";
    public const string P99Ms = "p99Ms";
    public const string ActivitiesPerSecond = "activitiesPerSecond";

    /// <summary>Managed heap after a full collection, against before.</summary>
    public const string AddedManagedMB = "addedManagedMB";

    /// <summary>Resident memory of the process after a full collection, against before.</summary>
    public const string AddedWorkingSetMB = "addedWorkingSetMB";

    /// <summary>The greater of the two.</summary>
    public const string AddedMB = "addedMB";

    public const string EventsPerSecond = "eventsPerSecond";
    public const string MsPerStep = "msPerStep";

    /// <summary>The slope of the logarithm of the whole time over that of the number of steps: 1 is linear, 2 quadratic.</summary>
    public const string GrowthExponent = "growthExponent";
}
