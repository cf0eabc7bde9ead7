using System.Collections.Concurrent;
using System.Diagnostics;
using AutoFlow.Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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

    private static ServiceProvider Services(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddTelemetryExport(configuration).BuildServiceProvider();
    }
}
