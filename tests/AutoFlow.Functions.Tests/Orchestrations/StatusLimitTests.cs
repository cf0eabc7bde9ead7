using System.Text.Json;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Workflows.Execution;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Orchestrations;

public sealed class StatusLimitTests
{
    [Fact]
    public async Task A_run_that_waits_for_very_many_types_waits_and_shows_some_of_them()
    {
        await using var app = new DurableApp();
        var types = string.Join(", ", Enumerable.Range(0, 400).Select(number => $"{{ with: {{ type: test.a-rather-long-name-of-an-event.{number:000} }} }}"));
        var id = await app.Define("waits", $$"""
              - wait:
                  listen: { to: { any: [ {{types}} ] } }
                  output: { as: '${ .[0].type }' }
            """).StartAsync("waits");

        Assert.Equal(OrchestrationRuntimeStatus.Running, await app.StatusAsync(id));
        var waiting = (await app.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!.ReadCustomStatusAs<WorkflowStatus>()!.WaitingFor!;
        Assert.Equal((11, "…"), (waiting.EventTypes.Count, waiting.EventTypes[^1]));
        await app.TellAsync("test.a-rather-long-name-of-an-event.399", "e-1");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await app.StatusAsync(id));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('ß')]
    [InlineData('\u0001')]
    public void Whatever_its_texts_are_a_status_fits(char letter)
    {
        var text = new string(letter, 9_000);
        var status = new WorkflowStatus(text, text, new WaitingFor(WaitingFor.Event, [.. Enumerable.Repeat(text, 50)], Sample()), 3);

        Assert.InRange(JsonSerializer.Serialize(StatusLimit.Fit(status), StepJson.Options).Length, 1, 8 * 1024);
    }

    [Fact]
    public void One_that_fits_stays_as_it_is()
    {
        var status = new WorkflowStatus("/do/0/wait", "wait", new WaitingFor(WaitingFor.Event, [.. Enumerable.Range(0, 60).Select(number => $"type {number} {new string('x', 100)}")], Sample()), 3);

        Assert.Same(status, StatusLimit.Fit(status));
    }

    private static DateTimeOffset Sample() => new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
}
