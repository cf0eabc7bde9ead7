namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>Finds the test vectors of the specification, which are no part of the repository.</summary>
internal static class SharedData
{
    public const string Absent = "the shared folder with the specification's test vectors is not here (set AUTOFLOW_SHARED)";

    /// <summary>The folder, by AUTOFLOW_SHARED or beside the repository; null when it is not there.</summary>
    public static string? Folder(string name)
    {
        var candidates = new List<string>();
        if (Environment.GetEnvironmentVariable("AUTOFLOW_SHARED") is { Length: > 0 } given) candidates.Add(given);
        candidates.Add(Path.Combine(Repository.Root, "..", "shared"));

        return candidates.Select(c => Path.GetFullPath(Path.Combine(c, "ows", name))).FirstOrDefault(Directory.Exists);
    }
}

/// <summary>A test that needs the specification's test vectors; reported as skipped where they are absent.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (SharedData.Folder("examples") is null) Skip = SharedData.Absent;
    }
}

/// <summary>A theory that needs the specification's test vectors; reported as skipped where they are absent.</summary>
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (SharedData.Folder("examples") is null) Skip = SharedData.Absent;
    }
}
