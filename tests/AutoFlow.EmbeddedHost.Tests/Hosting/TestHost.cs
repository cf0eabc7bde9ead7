using System.Collections.Concurrent;
using AutoFlow.EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Tests.Hosting;

/// <summary>How a test's host differs from the usual one.</summary>
internal sealed record TestHostSetup
{
    public string? HostJson { get; init; }

    public string Database { get; init; } = ":memory:";

    public string[] Args { get; init; } = [];

    public TimeProvider? Time { get; init; }

    public bool WebApplication { get; init; } = true;

    public Action<FunctionsApplicationBuilder> Configure { get; init; } = static _ => { };
}

/// <summary>A host in this process with the functions of a few classes.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>A guard against hanging, far above what anything takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IHost _host;
    private readonly string _folder;

    private TestHost(IHost host, string folder, StringWriter output, LogLines log)
    {
        _host = host;
        _folder = folder;
        Output = output;
        Log = log;
    }

    public HttpClient Client { get; } = new();

    public StringWriter Output { get; }

    public LogLines Log { get; }

    public IServiceProvider Services => _host.Services;

    public static Task<TestHost> StartAsync(params Type[] functions) => StartAsync(new TestHostSetup(), functions);

    public static async Task<TestHost> StartAsync(TestHostSetup setup, params Type[] functions)
    {
        var host = Build(setup, functions);
        try
        {
            await host._host.StartAsync();
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        var server = host.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>();
        var addresses = server.Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()!;
        host.Client.BaseAddress = new Uri(addresses.Addresses.First());
        return host;
    }

    /// <summary>The reasons why a host does not start.</summary>
    public static async Task<IReadOnlyList<string>> RefusalAsync(TestHostSetup setup, params Type[] functions)
    {
        var refused = await Assert.ThrowsAsync<HostRefusedException>(() => StartAsync(setup, functions));
        return refused.Reasons;
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        Client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static TestHost Build(TestHostSetup setup, Type[] functions)
    {
        var folder = Directory.CreateTempSubdirectory("host-").FullName;
        if (setup.HostJson is not null)
            File.WriteAllText(Path.Combine(folder, "host.json"), setup.HostJson);
        var builder = FunctionsApplication.CreateBuilder(
            ["--contentRoot", folder, "--urls", "http://127.0.0.1:0", "--AzureWebJobsStorage", "", .. setup.Args]);
        if (setup.WebApplication)
            builder.ConfigureFunctionsWebApplication();
        var output = new StringWriter();
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        if (setup.Time is not null)
            builder.Services.AddSingleton(setup.Time);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.FunctionTypes = functions;
            options.DatabasePath = setup.Database;
            options.Output = output;
            options.ThrowWhenRefused = true;
        });
        setup.Configure(builder);
        return new TestHost(builder.Build(), folder, output, log);
    }
}

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)}");
    }
}
