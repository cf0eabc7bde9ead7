using AutoFlow.EmbeddedHost.Hosting;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.EmbeddedHost.Tests.Hosting;

public sealed class HostJsonTests
{
    [Fact]
    public void Settings_are_read_and_unknown_sections_ignored()
    {
        var settings = Read("""
            {
              // a comment, as Microsoft's host takes it
              "version": "2.0",
              "logging": { "logLevel": { "default": "Warning", "Function.Sweep": "Debug" } },
              "extensions": {
                "http": { "routePrefix": "/v1/" },
                "queues": {
                  "batchSize": 4, "newBatchThreshold": 1, "maxDequeueCount": 3, "messageEncoding": "none",
                  "visibilityTimeout": "00:00:30", "maxPollingInterval": "00:00:02"
                },
                "durableTask": { "hubName": "hub", "maxConcurrentActivityFunctions": 7, "maxConcurrentOrchestratorFunctions": 8 },
                "eventHubs": { "maxEventBatchSize": [1, 2, { "deep": null }] },
              },
              "functionTimeout": "00:10:00"
            }
            """);

        Assert.Equal("v1", settings.RoutePrefix);
        Assert.Equal(4, settings.Queues.BatchSize);
        Assert.Equal(1, settings.Queues.Threshold);
        Assert.Equal(3, settings.Queues.MaxDequeueCount);
        Assert.Equal(QueueMessageEncoding.None, settings.Queues.MessageEncoding);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.Queues.VisibilityTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Queues.MaxPollingInterval);
        Assert.Equal(7, settings.Durable.MaxConcurrentActivities);
        Assert.Equal(8, settings.Durable.MaxConcurrentOrchestrations);
        Assert.Equal(TimeSpan.FromMinutes(10), settings.FunctionTimeout);
        Assert.Equal("Warning", settings.LogLevels["default"]);
        Assert.Equal("Debug", settings.LogLevels["Function.Sweep"]);
    }

    [Theory]
    [InlineData("""{ "telemetryMode": "OpenTelemetri" }""", "telemetryMode")]
    [InlineData("""{ "extensions": { "durableTask": { "tracing": { "version": "V3" } } } }""", "tracing.version")]
    [InlineData("""{ "extensions": { "durableTask": { "tracing": { "distributedTracingEnabled": "maybe" } } } }""", "distributedTracingEnabled")]
    public void A_setting_of_telemetry_that_Microsoft_s_host_does_not_know_is_refused(string json, string named) =>
        Assert.Contains(named, Assert.Throws<HostJsonException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_settings_of_telemetry_are_taken() => Read("""
        { "telemetryMode": "OpenTelemetry", "extensions": { "durableTask": { "tracing": { "distributedTracingEnabled": true, "version": "V2" } } } }
        """);

    [Fact]
    public void Defaults_are_those_of_Microsoft_s_host()
    {
        var settings = Read("{}");

        Assert.Equal("api", settings.RoutePrefix);
        Assert.Equal((16, 8, 5), (settings.Queues.BatchSize, settings.Queues.Threshold, settings.Queues.MaxDequeueCount));
        Assert.Equal(QueueMessageEncoding.Base64, settings.Queues.MessageEncoding);
        Assert.Equal(TimeSpan.Zero, settings.Queues.VisibilityTimeout);
        Assert.Null(settings.FunctionTimeout);
    }

    [Theory]
    [InlineData("{\n  \"version\": \"2.0\",\n  oops\n}", "host.json:3:3: ")]
    [InlineData("{ \"version\": \"1.0\" }", "host.json:1:14: \"version\" is '1.0'; it must be \"2.0\".")]
    [InlineData("{\n \"extensions\": {\n  \"queues\": {\n   \"batchSize\": 64 } } }", "host.json:4:17: \"extensions.queues.batchSize\" is '64'; it must be a whole number from 1 to 32.")]
    [InlineData("{ \"extensions\": { \"queues\": { \"messageEncoding\": \"utf\" } } }", "host.json:1:50: \"extensions.queues.messageEncoding\" is 'utf'; it must be \"base64\" or \"none\".")]
    [InlineData("{ \"functionTimeout\": \"soon\" }", "host.json:1:22: \"functionTimeout\" is 'soon'; it must be a duration such as \"00:00:30\".")]
    [InlineData("", "host.json:1:1: ")]
    public void A_broken_file_is_refused_with_its_place(string json, string beginning)
    {
        var fault = Assert.Throws<HostJsonException>(() => Read(json));

        Assert.StartsWith(beginning, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_a_broken_file_does_not_start_and_tells_the_file_and_the_place()
    {
        var reasons = await TestHost.RefusalAsync(new TestHostSetup { HostJson = "{\n  \"version\" \"2.0\"\n}" });

        Assert.Matches(@"host\.json:2:13: ", Assert.Single(reasons));
    }

    [Fact]
    public void Local_settings_become_configuration_keys()
    {
        var settings = LocalSettings.Parse("local.settings.json", """
            { "IsEncrypted": false, "Values": { "A": "1", "B__C": "2" }, "Host": { "LocalHttpPort": 7079 }, "ConnectionStrings": { "Db": "x" } }
            """);

        Assert.Equal("1", settings["A"]);
        Assert.Equal("2", settings["B:C"]);
        Assert.Equal("7079", settings[HostAddress.LocalPortKey]);
        Assert.Equal("x", settings["ConnectionStrings:Db"]);
    }

    [Theory]
    [InlineData("", "http://localhost:7071")]
    [InlineData("port=8080", "http://localhost:8080")]
    [InlineData("AUTOFLOW_PORT=8081", "http://localhost:8081")]
    [InlineData("port=8080;AUTOFLOW_PORT=8081;urls=http://x", "http://localhost:8080")]
    [InlineData("urls=http://x", null)]
    [InlineData("http_ports=80", null)]
    [InlineData("AutoFlow:LocalHttpPort=7079", "http://localhost:7079")]
    public void The_address_comes_from_the_nearest_setting(string settings, string? expected) =>
        Assert.Equal(expected, HostAddress.Choose(Configuration(settings)));

    [Theory]
    [InlineData("port=0")]
    [InlineData("port=http")]
    [InlineData("AUTOFLOW_PORT=70000")]
    public void A_port_that_is_none_is_refused(string settings) =>
        Assert.Contains("is no port", Assert.Throws<FormatException>(() => HostAddress.Choose(Configuration(settings))).Message, StringComparison.Ordinal);

    private static HostJsonSettings Read(string json) => HostJsonSettings.From(HostJsonFile.Parse("host.json", json));

    private static IConfiguration Configuration(string settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static setting =>
            new KeyValuePair<string, string?>(setting.Split('=', 2)[0], setting.Split('=', 2)[1])))
        .Build();
}
