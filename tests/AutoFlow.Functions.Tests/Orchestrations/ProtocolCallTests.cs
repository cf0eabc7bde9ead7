using AutoFlow.Protocols;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>Calls to the outside on the durable engine: outcomes as data, secrets only as marks.</summary>
public sealed class ProtocolCallTests : IAsyncDisposable
{
    private const string Calls = """
          - ask:
              call: http
              with: { method: get, endpoint: 'https://api.example.com/orders/1001' }
        """;

    private readonly DurableApp _app = new();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_answer_is_the_tasks_output()
    {
        ProtocolCall? seen = null;
        _app.Answers = call =>
        {
            seen = call;
            return new ProtocolOutcome { Output = JqValue.Parse("""{"state":"paid"}""") };
        };

        var id = await _app.Define("calls", Calls).StartAsync("calls");

        Assert.Equal("""{"state":"paid"}""", (await _app.OutcomeAsync(id)).Output!.Value.GetRawText());
        Assert.Equal((Workflows.Execution.Protocols.Http, "https://api.example.com/orders/1001"), (seen!.Protocol, seen.Arguments["endpoint"]["uri"].AsString()));
        Assert.StartsWith($"{id}:/do/0/ask", seen.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_character_in_an_answer_does_not_send_the_call_again()
    {
        _app.Answers = _ => new ProtocolOutcome { Output = JqValue.FromArray(JqValue.From("a\ud800"), JqValue.Parse("\"\\ud800\"")) };

        var id = await _app.Define("calls", Calls).StartAsync("calls");

        Assert.Equal(2, (await _app.OutcomeAsync(id)).Output!.Value.GetArrayLength());
        Assert.Single(_app.Ran, nameof(AutoFlow.Functions.Orchestrations.CallProtocol));
    }

    [Fact]
    public async Task Half_a_character_in_an_error_does_not_send_the_call_again()
    {
        _app.Answers = _ => new ProtocolOutcome { Error = WorkflowError.Of(StandardErrors.Communication, "a\ud800") };

        var id = await _app.Define("calls", Calls).StartAsync("calls");

        Assert.Equal(StandardErrors.Communication.Type, (await _app.OutcomeAsync(id)).Error!.Type);
        Assert.Single(_app.Ran, nameof(AutoFlow.Functions.Orchestrations.CallProtocol));
    }

    [Fact]
    public async Task A_failure_is_an_error_that_the_definition_can_catch()
    {
        _app.Answers = _ => new ProtocolOutcome { Error = WorkflowError.Of(StandardErrors.Communication, "no answer") with { Status = 503 } };

        var id = await _app.Define("calls", $$"""
              - careful:
                  try:
                {{Calls.Replace("\n", "\n    ", StringComparison.Ordinal)}}
                  catch:
                    as: error
                    do:
                      - caught:
                          set: { status: '${ $error.status }' }
            """).StartAsync("calls");

        Assert.Equal("""{"status":503}""", (await _app.OutcomeAsync(id)).Output!.Value.GetRawText());
    }
}
