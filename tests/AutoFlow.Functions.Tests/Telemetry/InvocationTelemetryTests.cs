using System.Text.Json;
using AutoFlow.EmbeddedHost.Hosting;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Tests.Telemetry;

/// <summary>The ids around every run of a function, and the measures of steps, on the embedded host.</summary>
[Collection(Listening.Name)]
public sealed class InvocationTelemetryTests
{
    private const string Instance = "where~m-1";

    public sealed record With(string Text);

    public sealed class Functions(ILogger<Functions> logger)
    {
        [Function("Flow")]
        public static async Task<string?> Flow([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var call = new StepCall<With>(context.InstanceId, "k", new With("anna@example.org")) { About = new CallSubject("c-1", "m-1", 2) };
            return (await context.CallActivityAsync<StepOutcome>("lookUp", call)).Failure?.Code;
        }

        [Function("lookUp")]
        public StepOutcome LookUp([ActivityTrigger] StepCall<With> call)
        {
            logger.LogInformation("looked up");
            return StepOutcome.Failed(new Failure("carrier-unavailable", "No answer."));
        }
    }

    [Fact]
    public async Task A_steps_logs_and_span_say_whose_message_it_is_and_how_it_ended()
    {
        using var spans = new SpanList();
        using var measures = new MeasureList();
        var scopes = new ScopeList();
        using (var host = Build(scopes))
        {
            await host.StartAsync();
            using (SpanList.Run("ProcessMessage")) await RunAsync(host);
            await host.StopAsync();
        }

        Assert.Contains("autoflow.message.id=m-1 autoflow.conversation.id=c-1 autoflow.instance.id=where~m-1: looked up", scopes.Lines);
        var span = spans.One("activity:lookUp");
        Assert.Equal(
            ("c-1", "m-1", Instance, "lookUp", "where", "carrier-unavailable"),
            (span.GetTagItem(TelemetryNames.ConversationId), span.GetTagItem(TelemetryNames.MessageId), span.GetTagItem(TelemetryNames.InstanceId),
                span.GetTagItem(TelemetryNames.Step), span.GetTagItem(TelemetryNames.Workflow), span.GetTagItem(TelemetryNames.Outcome)));
        Assert.EndsWith("step=lookUp outcome=carrier-unavailable", Assert.Single(measures.Of("autoflow.steps.duration")), StringComparison.Ordinal);
        Assert.Equal(["1 step=lookUp workflow=where cause=workflow"], measures.Of("autoflow.steps.retries"));
        Assert.Equal(["1 code=carrier-unavailable"], measures.Of("autoflow.carrier.errors"));
    }

    [Fact]
    public void A_run_that_a_retried_call_began_makes_no_retries_itself()
    {
        var start = new AutoFlow.Functions.Orchestrations.WorkflowStart { Workflow = "watch", DefinitionHash = "h", Input = default, About = new CallSubject("c-1", "m-1", 2) };

        Assert.Equal(new CallSubject("c-1", "m-1"), CallSubject.Of(start));
    }

    [Theory]
    [InlineData("""{"about":{"conversation":"c-1","message":"m-1"},"instanceId":"x"}""", "c-1", "m-1")]
    [InlineData("""{"instanceId":"x","about":{"conversation":null,"message":"m-1"}}""", null, "m-1")]
    [InlineData("""{"instanceId":"x"}""", null, null)]
    [InlineData("""{"with":{"text":"\"about\": no JSON of ours"}}""", null, null)]
    [InlineData("\"about\"", null, null)]
    [InlineData(null, null, null)]
    public void A_calls_subject_is_read_from_its_data(string? json, string? conversation, string? message)
    {
        var read = CallSubject.Read(json);

        Assert.Equal((conversation, message), (read?.Conversation, read?.Message));
    }

    [Fact]
    public void A_calls_subject_stands_before_what_can_be_long()
    {
        var call = new StepCall<With>("i", "k", new With(new string('x', 10_000))) { About = new CallSubject("c-1", "m-1") };

        Assert.Equal(call.About, CallSubject.Read(JsonSerializer.Serialize(call, StepJson.Options)));
    }

    [Theory]
    [InlineData("QueueTrigger", "m-1", "m-1", null)]
    [InlineData("queueTrigger", "where~m-1:/do/9#1", "m-1", "where~m-1")]
    [InlineData("queueTrigger", "watch-parcel~CH1:/do/9#1", null, "watch-parcel~CH1")]
    [InlineData("queueTrigger", "v-9", null, null)]
    public void A_queues_key_says_what_it_stands_for(string name, string key, string? message, string? instance)
    {
        var subject = InvocationSubject.Of(new Dictionary<string, object?> { [name] = key });

        Assert.Equal((message, instance), (subject.Message, subject.Instance));
    }

    private static async Task RunAsync(IHost host)
    {
        var client = host.Services.GetRequiredService<EmbeddedHost.Durable.DurableEngine>().Client;
        await client.ScheduleNewOrchestrationInstanceAsync("Flow", null, new StartOrchestrationOptions(Instance));
        Assert.Equal("carrier-unavailable", (await client.WaitForInstanceCompletionAsync(Instance, getInputsAndOutputs: true)).ReadOutputAs<string>());
    }

    private static IHost Build(ScopeList scopes)
    {
        var builder = FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--AzureWebJobsStorage", ""]);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<InvocationTelemetry>();
        builder.Logging.ClearProviders().AddProvider(scopes).SetMinimumLevel(LogLevel.Information);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
            (options.FunctionTypes, options.DatabasePath, options.Output, options.ThrowWhenRefused) = ([typeof(Functions)], ":memory:", TextWriter.Null, true));
        return builder.Build();
    }

    /// <summary>Lines of logs, with the ids of their scopes before them.</summary>
    private sealed class ScopeList : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(this);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Logger(ScopeList list) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => list._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var ids = new List<string>();
                list._scopes.ForEachScope(
                    (scope, found) =>
                    {
                        if (scope is IReadOnlyDictionary<string, object> pairs) found.AddRange(pairs.Select(pair => $"{pair.Key}={pair.Value}"));
                    },
                    ids);
                lock (list.Lines) list.Lines.Add($"{string.Join(' ', ids)}: {formatter(state, exception)}");
            }
        }
    }
}
