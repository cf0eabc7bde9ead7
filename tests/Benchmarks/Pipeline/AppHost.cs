using System.Globalization;
using AutoFlow.Tests;

namespace AutoFlow.Benchmarks.Pipeline;

/// <summary>The app as a program beside this one: killed and started again on the same data, with what all its lives cost together.</summary>
internal sealed class AppHost(string program, string folder, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private const string KeyLine = "Function key";

    private readonly int _port = FreePort.Take();
    private ChildProcess? _process;
    private TimeSpan _cpuBefore;
    private long _memory;

    /// <summary>Where it answers.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Its function key; the same after every start.</summary>
    public string Key { get; private set; } = "";

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>The time from each start until it answered.</summary>
    public List<TimeSpan> Starts { get; } = [];

    /// <summary>Processor time of all its lives, their starts included.</summary>
    public TimeSpan Cpu => _cpuBefore + (_process?.Cpu() ?? TimeSpan.Zero);

    /// <summary>The most memory that one of its lives had, in bytes.</summary>
    public long MostMemory => Math.Max(_memory, _process?.MostMemory() ?? 0);

    /// <summary>Whether it ended by itself.</summary>
    public bool HasDied => _process?.HasExited == true;

    /// <summary>How it ended by itself: its exit code (128 and more: by a signal) and the last lines that it wrote.</summary>
    public string End => $"exit code {_process?.ExitCode}\n{string.Join('\n', _process?.LastLines ?? [])}";

    /// <summary>Starts it and waits until it is up.</summary>
    public async Task StartAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        _process = new ChildProcess(program, ["--port", _port.ToString(CultureInfo.InvariantCulture)], settings, folder, KeyLine);
        var line = await _process.ReadyAsync();
        Key = line[(line.LastIndexOf(' ') + 1)..];
        Starts.Add(TimeProvider.System.GetElapsedTime(began));
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is told.</summary>
    public async Task KillAsync()
    {
        await EndAsync();
        Kills++;
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task EndAsync()
    {
        if (_process is null) return;
        (_cpuBefore, _memory) = (Cpu, MostMemory);
        var ended = _process;
        _process = null;
        await ended.DisposeAsync();
    }
}
