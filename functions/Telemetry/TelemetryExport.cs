using System.Diagnostics;
using AutoFlow.Functions.Telemetry.Hosts;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AutoFlow.Functions.Telemetry;

/// <summary>
/// Sends traces, metrics and logs to where the settings say: an OTLP endpoint, Application Insights, both, or nowhere. Without a
/// setting no listener exists, and nothing is made.
/// </summary>
public static class TelemetryExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary><c>Authorization=AAD</c>, and <c>ClientId=…</c> for a user-assigned identity: the connection string's key is then not used.</summary>
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>What is listened to: ours, the durable engine's, and the runs of functions.</summary>
    internal static readonly string[] Sources = [TelemetryNames.Source, "Microsoft.DurableTask", "Microsoft.Azure.Functions.Worker"];

    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, IConfiguration configuration)
    {
        var insights = configuration[ConnectionString] is { Length: > 0 } set ? set : null;
        var otlp = configuration[Endpoint] is { Length: > 0 };
        if (insights is null && !otlp) return services;

        var credential = insights is null ? null : Credential(configuration[Authentication]);
        var sampled = configuration["OTEL_TRACES_SAMPLER"]?.StartsWith("microsoft.", StringComparison.OrdinalIgnoreCase) == true;
        void ToInsights(AzureMonitorExporterOptions options)
        {
            (options.ConnectionString, options.Credential) = (insights, credential);
            // Its own default is five traces a second. Every message is traced, unless the exporter is told otherwise.
            if (!sampled) (options.TracesPerSecond, options.SamplingRatio) = (null, 1f);
        }

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("autoflow", serviceVersion: AppVersion.Text));
        HostTelemetry.Use(telemetry);
        telemetry.WithTracing(traces =>
        {
            traces.AddSource(Sources).AddProcessor(new InheritSubject()).AddProcessor(new ExceptionTexts.OfSpans());
            // Addresses of calls hold customers' and mailboxes' names: only the host is told. Calls outside of any trace are nobody's.
            traces.AddHttpClientInstrumentation(http =>
            {
                http.FilterHttpRequestMessage = _ => Activity.Current?.Parent is not null || Activity.Current?.HasRemoteParent == true;
                http.EnrichWithHttpRequestMessage = (span, request) => span.SetTag("url.full", request.RequestUri?.GetLeftPart(UriPartial.Authority));
            });
            if (insights is not null) traces.AddAzureMonitorTraceExporter(ToInsights);
        });
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(TelemetryNames.Source);
            if (insights is not null) metrics.AddAzureMonitorMetricExporter(ToInsights);
        });
        telemetry.WithLogging(
            logs =>
            {
                logs.AddProcessor(new ExceptionTexts.OfLogs());
                if (insights is not null) logs.AddAzureMonitorLogExporter(ToInsights);
            },
            options => options.IncludeScopes = true);
        services.AddLogging(logging => ExportLevels.Use(logging, configuration));
        if (otlp) telemetry.UseOtlpExporter();
        return services;
    }

    /// <summary>Null means the key in the connection string.</summary>
    private static DefaultAzureCredential? Credential(string? authentication)
    {
        var parts = (authentication ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        return string.Equals(parts.GetValueOrDefault("Authorization"), "AAD", StringComparison.OrdinalIgnoreCase)
            ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = parts.GetValueOrDefault("ClientId") })
            : null;
    }

    /// <summary>Spans that others make in this process, such as calls over HTTP, belong to the message of the span around them.</summary>
    private sealed class InheritSubject : BaseProcessor<Activity>
    {
        public override void OnStart(Activity data) => Spans.Inherit(data);
    }
}
