namespace AutoFlow.EndToEnd.Tests.App;

/// <summary>Where the repository and the built program lie.</summary>
public static class Places
{
    /// <summary>The folder of AutoFlow.sln.</summary>
    public static string Repository { get; } = FindRepository(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The program, built in the same configuration as these tests.</summary>
    public static string Program { get; } = Built("functions", "AutoFlow.Functions.dll");

    /// <summary>The command line, built in the same configuration as these tests.</summary>
    public static string Cli { get; } = Built("cli", "autoflow.dll");

    /// <summary>The load runs, built in the same configuration as these tests.</summary>
    public static string Benchmarks { get; } = Built(Path.Combine("tests", "Benchmarks"), "Benchmarks.dll");

    public static string Workflows { get; } = Path.Combine(Repository, "workflows");

    public static string SampleInbox { get; } = Path.Combine(Repository, "samples", "shop", "inbox");

    private static string FindRepository(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AutoFlow.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
    }

    // bin/<configuration>/<framework>
    private static string Built(string project, string file)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository, project, "bin", output.Parent!.Name, output.Name, file);
    }
}
