using AutoFlow.EmbeddedHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.EmbeddedHost.Tests.Triggers;

public sealed class DurableFunctionTests
{
    public sealed record Parcel(string Number, int Tries);

    public sealed class Shipping(Probe probe)
    {
        [Function("Ship")]
        public static async Task<string> Ship([OrchestrationTrigger] TaskOrchestrationContext context, Parcel parcel)
        {
            var label = await context.CallActivityAsync<string>("PrintLabel", parcel);
            var copy = await context.CallActivityAsync<Parcel>("Renamed", context.GetInput<Parcel>()! with { Tries = 2 });
            return $"{label} {copy.Tries}";
        }

        [Function(nameof(PrintLabel))]
        public async Task<string> PrintLabel([ActivityTrigger] Parcel parcel, FunctionContext context, CancellationToken ct)
        {
            await Task.Yield();
            probe.Tell($"{context.FunctionDefinition.Name} {parcel.Number} {ct.CanBeCanceled}");
            return $"label {parcel.Number}";
        }

        [Function("Copy")]
        public static Parcel Copy([ActivityTrigger(Activity = "Renamed")] Parcel parcel, [DurableClient] DurableTaskClient client) =>
            client is null ? parcel with { Tries = -1 } : parcel;

        [Function("Start")]
        public static async Task<string> Start(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken ct)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync("Ship", new Parcel("P1", 1), cancellation: ct);
            var done = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, ct);
            return $"{done.RuntimeStatus} {done.ReadOutputAs<string>()}";
        }
    }

    [Fact]
    public async Task Orchestrators_activities_and_the_client_work_together()
    {
        var probe = new Probe();
        var setup = new TestHostSetup { Configure = builder => builder.Services.AddSingleton(probe) };
        await using var host = await TestHost.StartAsync(setup, typeof(Shipping));

        var answer = await host.Client.PostAsync("api/start", content: null);

        Assert.Equal("Completed label P1 2", await answer.Content.ReadAsStringAsync());
        Assert.Equal("PrintLabel P1 True", await probe.NextAsync());
        Assert.True(probe.IsSilent);
    }
}
