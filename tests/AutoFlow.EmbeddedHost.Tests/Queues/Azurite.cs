using System.Diagnostics;
using System.Security.Cryptography;
using AutoFlow.Tests;

namespace AutoFlow.EmbeddedHost.Tests.Queues;

/// <summary>A real Azurite queue service for the tests of this process: from the pinned package.json, in a folder of its own, on a free port.</summary>
public sealed class Azurite : IDisposable
{
    private const string Account = "tests";

    private readonly Process _process;
    private readonly string _folder;

    public Azurite()
    {
        InstallWhenMissing();
        _folder = Directory.CreateTempSubdirectory("azurite-").FullName;
        var port = FreePort.Take();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};QueueEndpoint=http://127.0.0.1:{port}/{Account};";
        var start = new ProcessStartInfo(Executable())
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "--queueHost", "127.0.0.1", "--queuePort", $"{port}", "--location", _folder, "--skipApiVersionCheck", "--disableTelemetry" },
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" },
        };
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("successfully listen", StringComparison.OrdinalIgnoreCase) == true)
                listening.TrySetResult();
        };
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("Azurite ended before it listened."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Started = listening.Task.WaitAsync(TimeSpan.FromMinutes(4));
    }

    /// <summary>Why tests against Azurite cannot run here; null when they can.</summary>
    public static string? Absence { get; } =
        RepositoryRoot() is null ? "the repository's package.json is not above the tests"
        : OnPath("node") is null || OnPath("npm") is null ? "node and npm are not installed, so Azurite cannot be started"
        : null;

    public string ConnectionString { get; }

    /// <summary>Ends when Azurite listens.</summary>
    public Task Started { get; }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void InstallWhenMissing()
    {
        if (File.Exists(Executable()))
            return;

        // Test assemblies may run side by side: one installs, the others wait for it.
        using var turn = new Mutex(initiallyOwned: false, "autoflow-npm-ci");
        turn.WaitOne();
        try
        {
            if (File.Exists(Executable()))
                return;
            using var npm = Process.Start(new ProcessStartInfo(OnPath("npm")!)
            {
                WorkingDirectory = RepositoryRoot(),
                ArgumentList = { "ci", "--no-audit", "--no-fund" },
            })!;
            npm.WaitForExit();
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm ci ended with exit code {npm.ExitCode}.");
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }

    private static string Executable() =>
        Path.Combine(RepositoryRoot()!, "node_modules", ".bin", OperatingSystem.IsWindows() ? "azurite-queue.cmd" : "azurite-queue");

    private static string? RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "package.json")))
                return folder.FullName;
        }

        return null;
    }

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".cmd"), Path.Combine(folder, program + ".exe") })
        .FirstOrDefault(File.Exists);
}

/// <summary>One Azurite for all test classes that need it.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<LazyAzurite>
{
    public const string Name = "Azurite";
}

/// <summary>Starts Azurite when the first test asks, so that nothing starts where the tests are skipped.</summary>
public sealed class LazyAzurite : IDisposable
{
    private readonly Lazy<Azurite> _azurite = new();

    public async Task<string> ConnectionStringAsync()
    {
        await _azurite.Value.Started;
        return _azurite.Value.ConnectionString;
    }

    public void Dispose()
    {
        if (_azurite.IsValueCreated)
            _azurite.Value.Dispose();
    }
}
