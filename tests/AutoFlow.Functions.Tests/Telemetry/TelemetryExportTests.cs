using System.Collections.Concurrent;
using System.Diagnostics;
using AutoFlow.Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace AutoFlow.Functions.Tests.Telemetry;

/// <summary>What is listened to, and what of calls over HTTP is told.</summary>
[Collection(Listening.Name)]
public sealed class TelemetryExportTests
{
    [Fact]
    public void Without_a_setting_nobody_listens()
    {
        using var services = Services([]);

        Assert.Null(services.GetService<TracerProvider>());
        Assert.False(Spans.AreHeard);
    }

    [Fact]
    public async Task Of_a_call_over_HTTP_the_host_is_told_and_whose_message_it_is_and_no_path()
    {
        using var services = Services(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" });
        _ = services.GetRequiredService<TracerProvider>();
        var calls = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "System.Net.Http", ActivityStopped = calls.Enqueue };
        ActivitySource.AddActivityListener(listener);
        using var http = new HttpClient();

        using (Spans.Start("a step").About("c-1", "m-1"))
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://127.0.0.1:9/users/shop@example.org/messages?to=anna@example.org")));

        var call = Assert.Single(calls);
        Assert.Equal(("http://127.0.0.1:9", "c-1", "m-1"), (call.GetTagItem("url.full"), call.GetTagItem(TelemetryNames.ConversationId), call.GetTagItem(TelemetryNames.MessageId)));
        Assert.DoesNotContain(call.TagObjects, tag => $"{tag.Value}".Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    public void Application_Insights_is_taken_with_Entra_ID_too()
    {
        using var services = Services(new()
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://127.0.0.1:1/",
            ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "Authorization=AAD;ClientId=00000000-0000-0000-0000-000000000002",
        });

        Assert.NotNull(services.GetService<TracerProvider>());
        Assert.True(Spans.AreHeard);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", null, false)]
    [InlineData("Microsoft.EntityFrameworkCore.Database.Command", null, false)]
    [InlineData("Azure.Core", null, false)]
    [InlineData("Anything.Else", null, false)]
    [InlineData("AutoFlow.Functions.Messages.MessageRouter", null, true)]
    [InlineData("Azure.Core", "Logging:LogLevel:Azure", true)]
    [InlineData("Azure.Core", "Logging:LogLevel:Default", false)]
    [InlineData("Anything.Else", "Logging:LogLevel:Default", true)]
    [InlineData("Azure.Core", "Logging:OpenTelemetry:LogLevel:Azure.Core", true)]
    public void Only_our_own_logs_are_exported_at_Information_whatever_other_providers_get(string category, string? more, bool exported)
    {
        var settings = new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" };
        if (more is not null) settings[more] = "Information";
        var records = new List<LogRecord>();
        using var services = Services(settings, collection => collection
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFilter(_ => true))
            .ConfigureOpenTelemetryLoggerProvider(logs => logs.AddProcessor(new Keep(records))));

        services.GetRequiredService<ILoggerFactory>().CreateLogger(category).LogInformation("Request starting GET /api/inbox?code=KEY");

        Assert.Equal(exported, records.Count == 1);
    }

    [Fact]
    public void Of_an_exception_a_log_record_has_the_type_and_the_stack_and_no_text()
    {
        var records = new List<LogRecord>();
        using var services = Services(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" }, collection => collection
            .ConfigureOpenTelemetryLoggerProvider(logs => logs.AddProcessor(new Keep(records))));
        try
        {
            throw new InvalidOperationException("anna@example.org", new FormatException("Anna Berg"));
        }
        catch (InvalidOperationException exception)
        {
            services.GetRequiredService<ILoggerFactory>().CreateLogger("AutoFlow").LogError(exception, "{Key} failed", "m-1");
        }

        var record = Assert.Single(records);
        Assert.Null(record.Exception);
        Assert.Contains(record.Attributes!, attribute => attribute is { Key: "Key", Value: "m-1" });
        Assert.Contains(record.Attributes!, attribute => attribute is { Key: "exception.type", Value: "System.InvalidOperationException" });
        Assert.Contains(nameof(Of_an_exception_a_log_record_has_the_type_and_the_stack_and_no_text), $"{record.Attributes!.Single(attribute => attribute.Key == "exception.stacktrace").Value}", StringComparison.Ordinal);
        Assert.DoesNotContain(record.Attributes!, attribute => $"{attribute.Value}".Contains("nna", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failed_span_is_described_by_the_kind_of_error_and_not_by_its_text()
    {
        using var services = Services(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" });
        _ = services.GetRequiredService<TracerProvider>();

        using var named = Spans.Start("named")!;
        named.SetTag("error.type", "System.FormatException").SetStatus(ActivityStatusCode.Error, "anna@example.org is no order").Stop();
        using var bare = Spans.Start("bare")!;
        bare.SetStatus(ActivityStatusCode.Error, "anna@example.org is no order").Stop();

        Assert.Equal((ActivityStatusCode.Error, "System.FormatException"), (named.Status, named.StatusDescription));
        Assert.Equal((ActivityStatusCode.Error, null), (bare.Status, bare.StatusDescription));
    }

    [Theory]
    [InlineData(null, null, 100)]
    [InlineData("microsoft.fixed_percentage", "0", 0)]
    public void Application_Insights_gets_every_trace_unless_its_own_sampler_is_asked_for(string? sampler, string? argument, int recorded)
    {
        using var services = Services(new()
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://127.0.0.1:1/",
            ["OTEL_TRACES_SAMPLER"] = sampler,
            ["OTEL_TRACES_SAMPLER_ARG"] = argument,
        });
        _ = services.GetRequiredService<TracerProvider>();

        Assert.Equal(recorded, Enumerable.Range(0, 100).Count(_ => Recorded()));

        static bool Recorded()
        {
            using var span = Spans.Start("a message");
            return span?.Recorded == true;
        }
    }

    private sealed class Keep(List<LogRecord> records) : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data) => records.Add(data);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings, Action<IServiceCollection>? more = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddTelemetryExport(configuration);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
