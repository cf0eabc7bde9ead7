using System.Diagnostics;
using AutoFlow.EmbeddedHost.Tests.Hosting;
using AutoFlow.EmbeddedHost.Tests.Triggers;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AutoFlow.EmbeddedHost.Tests.Telemetry;

/// <summary>The spans of functions, named as Microsoft's worker names them.</summary>
[Collection(Listening.Name)]
public sealed class InvocationSpanTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Caller = "b7ad6b7169203331";

    public sealed class Functions(Probe probe)
    {
        [Function("Greet")]
        public static string Greet([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "greet/{name}")] HttpRequest request, string name) =>
            name == "nobody" ? throw new InvalidOperationException($"{name} is anna@example.org") : name;

        [Function("Take")]
        public void Take([QueueTrigger("texts")] string text) => probe.Tell($"{text} {Activity.Current?.OperationName}");
    }

    [Fact]
    public async Task A_request_goes_on_with_its_callers_trace_and_shows_neither_path_nor_query()
    {
        using var spans = new SpanList();
        await using var host = await StartAsync(new Probe());
        Activity.Current = null;
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/greet/anna?code=secret");
        request.Headers.Add("traceparent", $"00-{Trace}-{Caller}-01");

        await host.Client.SendAsync(request);

        var span = spans.One("function Greet");
        Assert.Equal((Trace, Caller, ActivityKind.Server), (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString(), span.Kind));
        Assert.Equal(("Greet", "http", "GET", "/greet/{name}"), (span.GetTagItem("faas.name"), span.GetTagItem("faas.trigger"), span.GetTagItem("http.request.method"), span.GetTagItem("http.route")));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString() is { } text && (text.Contains("anna", StringComparison.Ordinal) || text.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_failure_is_told_by_its_type_alone()
    {
        using var spans = new SpanList();
        await using var host = await StartAsync(new Probe());

        await host.Client.GetAsync("api/greet/nobody");

        var span = spans.One("function Greet");
        Assert.Equal((ActivityStatusCode.Error, nameof(InvalidOperationException)), (span.Status, span.StatusDescription));
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_queue_function_begins_a_trace()
    {
        using var spans = new SpanList();
        var probe = new Probe();
        await using var host = await StartAsync(probe);

        await host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient("texts").SendMessageAsync("hello");

        Assert.Equal("hello function Take", await probe.NextAsync());
        await host.StopAsync();
        var span = spans.One("function Take");
        Assert.Equal((default, ActivityKind.Consumer, "texts"), (span.ParentSpanId, span.Kind, span.GetTagItem("messaging.destination.name")));
    }

    [Fact]
    public async Task Middleware_sees_what_a_function_returned()
    {
        var probe = new Probe();
        var setup = new TestHostSetup
        {
            Configure = builder =>
            {
                builder.Services.AddSingleton(probe);
                builder.UseMiddleware(async (context, next) =>
                {
                    await next();
                    probe.Tell($"{context.GetInvocationResult().Value}");
                });
            },
        };
        await using var host = await TestHost.StartAsync(setup, typeof(Functions));

        await host.Client.GetAsync("api/greet/anna");

        Assert.Equal("anna", await probe.NextAsync());
    }

    [Fact]
    public async Task While_nobody_listens_no_span_is_made()
    {
        var probe = new Probe();
        await using var host = await StartAsync(probe);

        await host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient("texts").SendMessageAsync("hello");

        Assert.Equal("hello ", await probe.NextAsync());
    }

    private static Task<TestHost> StartAsync(Probe probe) =>
        TestHost.StartAsync(new TestHostSetup { Configure = builder => builder.Services.AddSingleton(probe) }, typeof(Functions));
}
