namespace AutoFlow.Workflows.Tests;

/// <summary>Finds the repository from where the tests run.</summary>
internal static class Repository
{
    /// <summary>The repository's folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests do not run inside it.</exception>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AutoFlow.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the tests do not run inside the repository");
        return folder.FullName;
    }
}
