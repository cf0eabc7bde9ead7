using System.Text.Json;
using AutoFlow.Benchmarks.Durable.Measuring;
using AutoFlow.EmbeddedHost.Durable;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>W1's orchestration with steps that leave a trace: each run of a step makes a token, and takes the one before it.</summary>
internal static class RestartFunctions
{
    /// <summary>Five sequential steps; its output is their tokens.</summary>
    public const string Orchestration = "Traced";

    private const string Step = "Step";

    /// <summary>What a step takes and gives, with about 200 bytes.</summary>
    public sealed record Token(string Text, Payload Payload);

    /// <summary>The functions.</summary>
    /// <param name="notes">Gets a line for each run of a step.</param>
    /// <param name="ran">Told after it, with the instance.</param>
    public static DurableRegistry Registry(RestartNotes notes, Action<string> ran)
    {
        var registry = new DurableRegistry();
        registry.AddActivity(Step, (call, _) =>
        {
            var before = JsonSerializer.Deserialize<Token>(call.InputJson!, JsonSerializerOptions.Web)!;
            var token = Guid.NewGuid().ToString("N");
            notes.StepRan(call.InstanceId, call.TaskId, token, before.Text);
            ran(call.InstanceId);
            return Task.FromResult<object?>(new Token(token, Payload.Sample));
        });
        registry.AddOrchestrator(Orchestration, async context =>
        {
            var token = new Token("none", Payload.Sample);
            var tokens = new List<string>();
            for (var step = 0; step < Workload.Steps; step++)
            {
                token = await context.CallActivityAsync<Token>(Step, token);
                tokens.Add(token.Text);
            }

            return tokens;
        });
        return registry;
    }
}
