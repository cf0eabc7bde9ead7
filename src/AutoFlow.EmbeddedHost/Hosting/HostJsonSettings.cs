using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Queues;
using Azure.Storage.Queues;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>What host.json sets, as far as this host knows it. Sections of other hosts and extensions are ignored.</summary>
internal sealed record HostJsonSettings
{
    /// <summary>The path before every route; may be empty.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>How queue functions take messages.</summary>
    public QueueSettings Queues { get; init; } = new();

    /// <summary>Limits of the durable engine.</summary>
    public DurableOptions Durable { get; init; } = new();

    /// <summary>How long a queue or timer function may run; null for as long as it wants.</summary>
    public TimeSpan? FunctionTimeout { get; init; }

    /// <summary>Log levels by category ("Default" for all others).</summary>
    public IReadOnlyDictionary<string, string> LogLevels { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the settings.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="HostJsonException">A value does not fit; the message begins with file:line:column.</exception>
    public static HostJsonSettings From(HostJsonFile file)
    {
        if (file.Find("version") is { Text: not "2.0" } version)
            throw new HostJsonException(file.Path, version.Line, version.Column, $"\"version\" is '{version.Text}'; it must be \"2.0\".");
        var durable = new DurableOptions();
        CheckTracing(file);
        return new HostJsonSettings
        {
            RoutePrefix = (file.Find("extensions:http:routePrefix")?.Text ?? "api").Trim('/'),
            Queues = Queue(file),
            Durable = durable with
            {
                MaxConcurrentActivities = file.Number(
                    "extensions:durableTask:maxConcurrentActivityFunctions", durable.MaxConcurrentActivities, 1, int.MaxValue),
                MaxConcurrentOrchestrations = file.Number(
                    "extensions:durableTask:maxConcurrentOrchestratorFunctions", durable.MaxConcurrentOrchestrations, 1, int.MaxValue),
            },
            FunctionTimeout = file.Find("functionTimeout") is { Text: not "-1" } ? file.Duration("functionTimeout", TimeSpan.Zero) : null,
            LogLevels = file.Below("logging:logLevel").ToDictionary(static level => level.Key, static level => level.Value.Text),
        };
    }

    /// <summary>Spans are written here whenever somebody listens; what Microsoft's host would refuse or not know is refused here too.</summary>
    private static void CheckTracing(HostJsonFile file)
    {
        _ = file.Get("telemetryMode", TelemetryMode.ApplicationInsights, Word<TelemetryMode>, "\"OpenTelemetry\" or \"ApplicationInsights\"");
        _ = file.Get("extensions:durableTask:tracing:version", TracingVersion.V2, Word<TracingVersion>, "\"V1\", \"V2\" or \"None\"");
        _ = file.Get("extensions:durableTask:tracing:distributedTracingEnabled", false, static text => bool.TryParse(text, out var flag) ? flag : null, "true or false");
    }

    private static T? Word<T>(string text)
        where T : struct, Enum
        => Enum.TryParse<T>(text, ignoreCase: true, out var word) && Enum.IsDefined(word) ? word : null;

    private static QueueSettings Queue(HostJsonFile file)
    {
        const string section = "extensions:queues:";
        var defaults = new QueueSettings();
        return new QueueSettings
        {
            MaxPollingInterval = file.Duration(section + "maxPollingInterval", defaults.MaxPollingInterval),
            VisibilityTimeout = file.Duration(section + "visibilityTimeout", defaults.VisibilityTimeout),
            BatchSize = file.Number(section + "batchSize", defaults.BatchSize, 1, 32),
            NewBatchThreshold = file.Find(section + "newBatchThreshold") is null
                ? null
                : file.Number(section + "newBatchThreshold", 0, 0, int.MaxValue),
            MaxDequeueCount = file.Number(section + "maxDequeueCount", defaults.MaxDequeueCount, 1, int.MaxValue),
            MessageEncoding = file.Get(
                section + "messageEncoding",
                defaults.MessageEncoding,
                static text => Enum.TryParse<QueueMessageEncoding>(text, ignoreCase: true, out var encoding) ? encoding : null,
                "\"base64\" or \"none\""),
        };
    }

    private enum TelemetryMode
    {
        ApplicationInsights,
        OpenTelemetry,
    }

    private enum TracingVersion
    {
        None,
        V1,
        V2,
    }
}
