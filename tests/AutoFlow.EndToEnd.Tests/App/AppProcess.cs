using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AutoFlow.Tests;

namespace AutoFlow.EndToEnd.Tests.App;

/// <summary>The real program as a process of its own; killed at the end, whatever happens.</summary>
public sealed partial class AppProcess : IAsyncDisposable
{
    private const string KeyLine = "Function key";
    private const string RestLine = "Still up";

    private static readonly ConcurrentDictionary<int, Process> Running = [];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private AppApi? _api;

    static AppProcess() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (var process in Running.Values) process.Kill();
    };

    private AppProcess(ProcessStartInfo start, int port)
    {
        Port = port;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        Running[_process.Id] = _process;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote to the standard output so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>What it wrote to the error output so far.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>True once the sample inbox is at rest.</summary>
    public bool AtRest => _output.Any(line => line.StartsWith(RestLine, StringComparison.Ordinal)) || _output.Any(line => line.StartsWith("The carriers' clock runs", StringComparison.Ordinal));

    /// <summary>How far the sample inbox is, in the program's own words.</summary>
    public string Progress => _output.LastOrDefault(line => line.EndsWith(" at rest", StringComparison.Ordinal))?.Trim() ?? "nothing fed yet";

    /// <summary>How many messages of the sample inbox are at rest, as it told last.</summary>
    public int Rested => RestedCount().Match(Progress) is { Success: true } told ? int.Parse(told.Value, CultureInfo.InvariantCulture) : 0;

    /// <summary>The API with the key of the start-up text; only after <see cref="ReadyAsync"/>.</summary>
    public AppApi Api => _api ?? throw new InvalidOperationException("Wait for ReadyAsync first.");

    /// <summary>Where the sample shop listens.</summary>
    public Uri Shop => new(ShopAddress().Match(Output).Value);

    /// <summary>Starts the program on a free port.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="demo">Brings the sample shop and feeds the sample inbox.</param>
    /// <param name="port">Null takes a free one.</param>
    /// <param name="settings">More environment variables.</param>
    /// <param name="args">More arguments.</param>
    public static AppProcess Start(
        DataFolder data, bool demo = true, int? port = null, IReadOnlyDictionary<string, string>? settings = null, params string[] args)
    {
        var taken = port ?? FreePort.Take();
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = data.Path,
        };
        foreach (var arg in (string[])[Places.Program, "--port", taken.ToString(CultureInfo.InvariantCulture), .. args]) start.ArgumentList.Add(arg);
        // The machine's own settings must not decide what a test sees.
        foreach (var name in start.Environment.Keys.Where(name => Ours().IsMatch(name)).ToArray()) start.Environment.Remove(name);
        start.Environment["AUTOFLOW_DATA"] = data.Path;
        start.Environment["AUTOFLOW_DEMO"] = demo ? "true" : "false";
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new AppProcess(start, taken);
    }

    /// <summary>Waits until it has printed its key and answers.</summary>
    public async Task<AppProcess> ReadyAsync()
    {
        var line = await LineAsync(KeyLine);
        _api = new AppApi(new Uri($"http://localhost:{Port}"), line[(line.LastIndexOf(' ') + 1)..]);
        return this;
    }

    /// <summary>Waits until every message of the sample inbox is at rest.</summary>
    public async Task<AppProcess> AtRestAsync()
    {
        if (_api is null) await ReadyAsync();
        await Eventually.FindAsync("the sample inbox comes to rest", () => Task.FromResult(AtRest || Ended() ? this : null));
        return this;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is told.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        Running.TryRemove(_process.Id, out _);
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(240));
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _api?.Dispose();
        _process.Dispose();
    }

    private Task<string> LineAsync(string beginning) => Eventually.FindAsync(
        $"a line that begins with '{beginning}'",
        () => Task.FromResult(_output.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) ?? (Ended() ? "" : null)));

    private bool Ended() => _process.HasExited
        ? throw new InvalidOperationException($"The program ended with {_process.ExitCode}.\n{Output}\n{Errors}")
        : false;

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }

    [GeneratedRegex("^(AUTOFLOW_|OTEL_|APPLICATIONINSIGHTS_|Shop__|SeventeenTrack__|Graph__|Postgres__|AzureWebJobs|WEBSITE_|ASPNETCORE_)")]
    private static partial Regex Ours();

    [GeneratedRegex(@"^\d+(?= of \d+ at rest)")]
    private static partial Regex RestedCount();

    [GeneratedRegex(@"(?<=sample shop at )http://\S+")]
    private static partial Regex ShopAddress();
}
