namespace AutoFlow.Infrastructure.Tests;

/// <summary>The files of the repository, by their paths in it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Infra => At("infra");

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(At(parts));

    public static IEnumerable<string> InfraFiles(string pattern) =>
        Directory.EnumerateFiles(Infra, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AutoFlow.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        return folder;
    }
}
