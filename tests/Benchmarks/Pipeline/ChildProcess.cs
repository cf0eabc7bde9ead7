using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AutoFlow.Benchmarks.Pipeline;

/// <summary>A program of the run, with what it cost. Killed at the end, whatever happens.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<int, Process> Running = [];

    /// <summary>Settings of this machine must not decide what is measured.</summary>
    private static readonly string[] Foreign = ["AUTOFLOW_", "OTEL_", "APPLICATIONINSIGHTS_", "Shop__", "SeventeenTrack__", "Graph__", "Postgres__", "AzureWebJobs", "WEBSITE_", "ASPNETCORE_"];

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _errors = [];

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (var process in Running.Values) process.Kill();
    };

    /// <param name="program">The assembly.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="ready">How the line begins that says it is up.</param>
    public ChildProcess(string program, IEnumerable<string> args, IReadOnlyDictionary<string, string> settings, string folder, string ready)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var arg in args.Prepend(program)) start.ArgumentList.Add(arg);
        foreach (var name in start.Environment.Keys.Where(name => Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.TrimStart().StartsWith(ready, StringComparison.Ordinal) == true) _line.TrySetResult(line.Data);
            if (line.Data is { } text) Keep(text);
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text) Keep(text);
        };
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _line.TrySetException(new InvalidOperationException($"{Path.GetFileName(program)} ended: {string.Join('\n', _errors)}"));
        _process.Start();
        Running[_process.Id] = _process;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The line that says it is up.</summary>
    public Task<string> ReadyAsync() => _line.Task.WaitAsync(TimeSpan.FromMinutes(10));

    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code, 128 and the signal's number where one ended it; only once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines that it wrote.</summary>
    public IEnumerable<string> LastLines => _errors;

    /// <summary>Processor time so far, of all threads, user and system.</summary>
    public TimeSpan Cpu()
    {
        try
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>The most memory that it had at one time, in bytes; zero where the system does not tell.</summary>
    public long MostMemory()
    {
        try
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        Running.TryRemove(_process.Id, out _);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string line)
    {
        _errors.Enqueue(line);
        while (_errors.Count > 40) _errors.TryDequeue(out _);
    }
}
