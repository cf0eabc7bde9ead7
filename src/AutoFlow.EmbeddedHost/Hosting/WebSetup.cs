using System.Globalization;
using System.Reflection;
using AutoFlow.EmbeddedHost.Strict;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>Prepares the web application under the host: settings, address, logging, limits.</summary>
internal sealed class WebSetup
{
    private const string BodyLimitSetting = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";
    private const long DefaultBodyLimitBytes = 100L * 1024 * 1024;
    private readonly List<string> _faults = [];

    public WebSetup(string[]? args)
    {
        Builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Settings are read once. Watching for changes would wake up at every write to a database below this folder.
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args ?? []],
            EnvironmentName = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT"),
            ApplicationName = Assembly.GetEntryAssembly()?.GetName().Name,
        });
        Settings = Try(() => HostJsonSettings.From(ReadHostJson()), new HostJsonSettings());
        AddSettingsBelowEnvironment();
        Strict = Try(() => StrictOptions.Parse(Builder.Configuration[StrictOptions.Setting]), null);
        ConfigureLogging();
        ConfigureServer();
    }

    /// <summary>The builder.</summary>
    public WebApplicationBuilder Builder { get; }

    /// <summary>What host.json sets.</summary>
    public HostJsonSettings Settings { get; }

    /// <summary>What the setting asks for; null for none.</summary>
    public StrictOptions? Strict { get; }

    /// <summary>Why the host cannot start, one line each.</summary>
    public IReadOnlyList<string> Faults => _faults;

    private HostJsonFile ReadHostJson() =>
        Find("host.json") is { } path ? HostJsonFile.Parse(path, File.ReadAllText(path)) : HostJsonFile.Empty;

    private string? Find(string file) => new[] { Builder.Environment.ContentRootPath, AppContext.BaseDirectory }
        .Select(folder => Path.Combine(folder, file))
        .FirstOrDefault(File.Exists);

    private void AddSettingsBelowEnvironment()
    {
        var local = Try(
            () => Find("local.settings.json") is { } path ? LocalSettings.Parse(path, File.ReadAllText(path)) : new Dictionary<string, string?>(),
            new Dictionary<string, string?>());
        var levels = Settings.LogLevels.ToDictionary(static level => $"Logging:LogLevel:{level.Key}", static level => (string?)level.Value);

        // First in the list is lowest in rank: appsettings, user secrets, environment and command line all override them.
        Builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = local });
        Builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = levels });
    }

    private void ConfigureLogging()
    {
        Builder.Logging.AddSimpleConsole(static console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "[HH:mm:ss] ";
            console.UseUtcTimestamp = true;
        });

        // ASP.NET Core's request log shows the query, and with it the key in "code".
        Builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        Builder.Logging.AddFilter("Azure", LogLevel.Warning);
        Builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        Builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));
    }

    private void ConfigureServer()
    {
        if (Try(() => HostAddress.Choose(Builder.Configuration), null) is { } address)
            Builder.WebHost.UseUrls(address);
        var limit = long.TryParse(Builder.Configuration[BodyLimitSetting], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : DefaultBodyLimitBytes;
        Builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limit;
        });
    }

    private T Try<T>(Func<T> read, T fallback)
    {
        try
        {
            return read();
        }
        catch (FormatException fault)
        {
            _faults.Add(fault.Message);
            return fallback;
        }
    }
}
