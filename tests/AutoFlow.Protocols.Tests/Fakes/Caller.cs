using System.Collections.Concurrent;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Protocols.Tests.Fakes;

/// <summary>The protocols as the app registers them, with secrets, a clock and a log of the test's own.</summary>
internal sealed class Caller : IDisposable
{
    private readonly ServiceProvider _services;

    public Caller(params (string Key, string Value)[] settings)
        : this(null, settings)
    {
    }

    /// <param name="time">The clock; a manual one when null.</param>
    public Caller(TimeProvider? time, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create("Protocols:" + s.Key, (string?)s.Value))).Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton(time ?? Time)
            .AddSingleton<ISecretSource>(Secrets)
            .AddProtocols(configuration)
            .BuildServiceProvider(validateScopes: true);
    }

    public ManualTime Time { get; } = new();

    public KnownSecrets Secrets { get; } = new();

    public WrittenLog Log { get; } = new();

    public SecretMarks Marks => _services.GetRequiredService<SecretMarks>();

    public Task<ProtocolOutcome> CallAsync(string protocol, string arguments, JqValue? secrets = null, string key = "run-1:/do/0/call:0") =>
        CallAsync(protocol, JqValue.Parse(arguments), secrets, key);

    public Task<ProtocolOutcome> CallAsync(string protocol, JqValue arguments, JqValue? secrets = null, string key = "run-1:/do/0/call:0", CancellationToken cancellation = default) =>
        _services.GetRequiredService<IProtocolCaller>().CallAsync(new ProtocolCall(protocol, arguments, key, secrets ?? JqValue.EmptyObject), cancellation);

    /// <summary>The output of a call that must succeed.</summary>
    public async Task<JqValue> OutputAsync(string protocol, string arguments, JqValue? secrets = null)
    {
        var outcome = await CallAsync(protocol, arguments, secrets);
        Assert.True(outcome.Error is null, outcome.Error?.ToJson().ToJson());
        return outcome.Output!;
    }

    /// <summary>The error of a call that must fail.</summary>
    public async Task<WorkflowError> ErrorAsync(string protocol, string arguments, JqValue? secrets = null)
    {
        var outcome = await CallAsync(protocol, arguments, secrets);
        Assert.True(outcome.Output is null, outcome.Output?.ToJson());
        return outcome.Error!;
    }

    public void Dispose() => _services.Dispose();
}

/// <summary>Secrets that the test knows.</summary>
internal sealed class KnownSecrets : ISecretSource
{
    private readonly Dictionary<string, JqValue> _secrets = [];

    public JqValue this[string name]
    {
        set => _secrets[name] = value;
    }

    public List<string> Asked { get; } = [];

    public void Remove(string name) => _secrets.Remove(name);

    public ValueTask<JqValue?> FindAsync(string name, CancellationToken cancellation)
    {
        Asked.Add(name);
        return new(_secrets.GetValueOrDefault(name));
    }
}

/// <summary>Everything that was logged, at every level.</summary>
internal sealed class WrittenLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _lines.Enqueue($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
