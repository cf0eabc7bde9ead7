using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.EmbeddedHost.Triggers.Timer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>The services of the host. What the app has registered itself is left: its clock, its queue client.</summary>
internal static class HostServices
{
    private const string DataSetting = "AUTOFLOW_DATA";
    private const string DatabaseFile = "host.db";

    /// <summary>Adds the services.</summary>
    /// <param name="services">Where.</param>
    /// <param name="settings">What host.json sets.</param>
    public static void Add(IServiceCollection services, HostJsonSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Queues);
        services.TryAddSingleton(OpenDatabase);
        services.AddSingleton<QueueSignals>();
        services.AddSingleton<EmbeddedQueueStore>();
        services.AddSingleton<QueueConnections>();
        services.AddSingleton<QueueOutputs>();
        services.TryAddSingleton(static provider => provider.GetRequiredService<QueueConnections>().Service(name: null));
        services.AddSingleton<TimerStatusStore>();
        services.AddSingleton<DurableRegistry>();
        services.AddSingleton(static provider => new DurableEngine(
            provider.GetRequiredService<HostDatabase>(),
            provider.GetRequiredService<DurableRegistry>(),
            provider.GetRequiredService<HostJsonSettings>().Durable with
            {
                StopGrace = provider.GetRequiredService<IOptions<EmbeddedHostOptions>>().Value.ShutdownGrace,
                Strict = Strict(provider),
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<FunctionSet>();
        services.AddSingleton(static provider => Strict(provider) is { } strict
            ? ActivatorUtilities.CreateInstance<StrictInvoker>(provider, strict)
            : ActivatorUtilities.CreateInstance<FunctionInvoker>(provider));
        services.AddSingleton<FunctionsRuntime>();
        services.AddHostedService(static provider => provider.GetRequiredService<FunctionsRuntime>());
        services.AddMvcCore();
    }

    private static StrictOptions? Strict(IServiceProvider provider) => provider.GetRequiredService<IOptions<EmbeddedHostOptions>>().Value.Strict;

    private static HostDatabase OpenDatabase(IServiceProvider provider)
    {
        if (provider.GetRequiredService<IOptions<EmbeddedHostOptions>>().Value.DatabasePath is { } path)
            return HostDatabase.Open(path);
        var root = provider.GetRequiredService<IHostEnvironment>().ContentRootPath;
        var folder = Path.GetFullPath(provider.GetRequiredService<IConfiguration>()[DataSetting] ?? "data", root);

        // Customers' data and the keys: nobody but the owner reads the folder. Windows has no such mode; there the profile's rights hold.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return HostDatabase.Open(Path.Combine(folder, DatabaseFile));
    }
}
