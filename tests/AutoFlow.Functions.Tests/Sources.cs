namespace AutoFlow.Functions.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Sources
{
    /// <summary>The folder of AutoFlow.sln. Found from where the tests run: in CI the compiler's own paths are rewritten.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AutoFlow.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("AutoFlow.sln");
        return folder.FullName;
    }
}
