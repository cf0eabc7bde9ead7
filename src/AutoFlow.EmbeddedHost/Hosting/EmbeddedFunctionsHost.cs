using System.Net.Sockets;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.EmbeddedHost.Triggers.Durable;
using AutoFlow.EmbeddedHost.Triggers.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>The host: finds the functions, refuses to start with any fault, runs them, and stops in order.</summary>
internal sealed class EmbeddedFunctionsHost(WebApplication app, IReadOnlyList<string> earlyFaults, bool webApplication) : IHost, IAsyncDisposable
{
    private readonly EmbeddedHostOptions _options = app.Services.GetRequiredService<IOptions<EmbeddedHostOptions>>().Value;
    private bool _started;

    /// <inheritdoc/>
    public IServiceProvider Services => app.Services;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var faults = await TryStartAsync(cancellationToken);
        if (faults.Count == 0)
            return;
        if (_options.ThrowWhenRefused)
            throw new HostRefusedException(faults);
        foreach (var fault in faults)
            await _options.Error.WriteLineAsync(fault);

        // Run() goes on to wait for the end: it comes at once, and the process tells the failure.
        Environment.ExitCode = 1;
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (!_started)
            return;
        _started = false;
        using var grace = new CancellationTokenSource(_options.ShutdownGrace, Services.GetRequiredService<TimeProvider>());
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, cancellationToken);
        await Services.GetRequiredService<FunctionsRuntime>().StopListeningAsync(linked.Token);
        await app.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)app).Dispose();

    /// <summary>Where code in this process that calls the host over HTTP finds the default key; in memory only.</summary>
    private const string DefaultKeySetting = "AutoFlow:FunctionKey";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IReadOnlyList<string>> TryStartAsync(CancellationToken ct)
    {
        if (earlyFaults.Count > 0)
            return earlyFaults;
        var settings = Services.GetRequiredService<HostJsonSettings>();
        var configuration = Services.GetRequiredService<IConfiguration>();
        var discovery = FunctionDiscovery.Discover(FunctionDiscovery.Types(_options), name => configuration[name.Replace("__", ":", StringComparison.Ordinal)]);
        string[] faults =
        [
            .. discovery.Faults,
            .. HttpEndpoints.Faults(discovery.Functions, settings.RoutePrefix, Services),
            .. DurableFunctions.Faults(discovery.Functions),
            .. WebApplicationFaults(discovery.Functions),
        ];
        if (faults.Length > 0)
            return faults;
        if (PortProbe.Taken(configuration["urls"]) is { } taken)
            return [PortFault($"the address {taken} is in use")];

        try
        {
            Services.GetRequiredService<FunctionSet>().All = discovery.Functions;
            var keys = await FunctionKeys.LoadAsync(Services.GetRequiredService<HostDatabase>(), ct);
            configuration[DefaultKeySetting] = keys.Default;
            MapHttp(discovery.Functions, settings, keys);
            await app.StartAsync(ct);
            _started = true;
            await Services.GetRequiredService<FunctionsRuntime>().ListenAsync(ct);
            await _options.Output.WriteAsync(StartupText.Write(discovery.Functions, Address(), settings.RoutePrefix, keys));
            if (_options.Strict is { } strict)
                await _options.Output.WriteLineAsync($"{Environment.NewLine}{StrictOptions.Setting}: the faults of Azure Functions on Azure Storage, by the seed {strict.Seed}.");
            return [];
        }
        catch (IOException fault) when (fault is DatabaseInUseException or UnfinishedRestoreException)
        {
            return [fault.Message];
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            // Somebody was faster between the probe and the server: what has started already is stopped.
            await app.StopAsync(ct);
            return [PortFault(fault.Message.TrimEnd('.'))];
        }
        catch (Exception fault) when (_started && Unreached(fault) is not null)
        {
            await app.StopAsync(ct);
            return [$"The storage queues cannot be reached ({Unreached(fault)!.Message}). Start them (Azurite: npx azurite-queue), or unset AzureWebJobsStorage to use the embedded queue."];
        }
    }

    /// <summary>The refused or failed connection behind a fault of the storage client, which tries several times; null for other faults.</summary>
    private static SocketException? Unreached(Exception? fault) => fault switch
    {
        null => null,
        SocketException refused => refused,
        AggregateException tries => tries.InnerExceptions.Select(Unreached).FirstOrDefault(cause => cause is not null),
        _ => Unreached(fault.InnerException),
    };

    private static string PortFault(string reason) =>
        $"The host cannot listen: {reason}. Stop what listens there, or choose another port with --port or AUTOFLOW_PORT.";

    private void MapHttp(IReadOnlyList<FunctionDescriptor> functions, HostJsonSettings settings, FunctionKeyRing keys)
    {
        var invoker = Services.GetRequiredService<FunctionInvoker>();
        app.Use(HttpEndpoints.TellUntakenAsync);
        foreach (var function in functions)
        {
            if (function.Trigger is HttpTrigger http)
                HttpEndpoints.Map(app, function, http, settings.RoutePrefix, keys, invoker);
        }
    }

    private IEnumerable<string> WebApplicationFaults(IReadOnlyList<FunctionDescriptor> functions) => webApplication
        ? []
        : functions
            .Where(static function => function.Trigger is HttpTrigger)
            .Take(1)
            .Select(static function => $"{function.EntryPoint}: an HTTP function needs ConfigureFunctionsWebApplication() on the builder in Program.cs.");

    private string Address() =>
        Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
}
