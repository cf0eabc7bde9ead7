using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Small random orchestrations give what a plain interpreter says, also when the store is left and opened again on the way.</summary>
public sealed class RandomProgramTests
{
    private static readonly Gen<Step> Leaf = Gen.OneOf(
        Gen.Choose(0, 9).Select(number => (Step)new Call(number)),
        Gen.Choose(1, 90).Select(minutes => (Step)new Sleep(minutes)),
        Gen.Elements("a", "b", "c").Select(name => (Step)new Listen(name)));

    [Fact]
    public void They_agree_with_the_oracle()
        => Prop.ForAll(
            Gen.Sized(size => Program(Math.Min(size, 12))).ToArbitrary(),
            Gen.Choose(1, 25).ToArbitrary(),
            (program, crashAfter) => AgreesAsync(program, crashAfter).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static Gen<Step> Program(int size) => size <= 1
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Program(size / 2).ListOf(2).Select(steps => (Step)new Sequence([.. steps])),
            Program(size / 3).ListOf(3).Select(steps => (Step)new Parallel([.. steps])),
            Program(size / 2).Select(step => (Step)new Child(step)));

    private static async Task<bool> AgreesAsync(Step program, long crashAfter)
    {
        await using var host = new DurableHost(inMemory: false);
        host.Orchestrator("Run", async context => await RunAsync(context, context.GetInput<Step>()!)).Activity("Square", input =>
        {
            var number = int.Parse(input!, System.Globalization.CultureInfo.InvariantCulture);
            return number * number;
        });
        await host.StartAsync();
        await host.RunAsync("Run", program, "program");
        await host.ReopenAsync(crashAfter);
        await DriveAsync(host);
        await host.ReopenAsync();
        await DriveAsync(host);
        var instance = await host.GetAsync("program");
        return instance.FailureDetails is null && instance.ReadOutputAs<string>() == Expect(program);
    }

    /// <summary>Raises every event to everybody and lets time pass until the program has ended.</summary>
    private static async Task DriveAsync(DurableHost host)
    {
        try
        {
            while (!host.Crashed && !(await host.GetAsync("program")).IsCompleted)
            {
                await host.AdvanceAsync(TimeSpan.FromMinutes(45));
                await foreach (var instance in host.Client.GetAllInstancesAsync())
                {
                    foreach (var name in new[] { "a", "b", "c" })
                        await host.Client.RaiseEventAsync(instance.InstanceId, name, name.ToUpperInvariant());
                }

                await host.IdleAsync();
            }
        }
        catch (Exception exception) when (host.Crashed && exception is IOException or InvalidOperationException)
        {
            // Whoever called is gone too.
        }
    }

    private static async Task<string> RunAsync(TaskOrchestrationContext context, Step step)
    {
        switch (step)
        {
            case Call call:
                return (await context.CallActivityAsync<int>("Square", call.Number)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            case Sleep sleep:
                await context.CreateTimer(TimeSpan.FromMinutes(sleep.Minutes), CancellationToken.None);
                return "z";
            case Listen listen:
                return await context.WaitForExternalEvent<string>(listen.Name);
            case Child child:
                return $"({await context.CallSubOrchestratorAsync<string>("Run", child.Step)})";
            case Parallel parallel:
                return $"[{string.Join("|", await Task.WhenAll(parallel.Steps.Select(each => RunAsync(context, each))))}]";
            case Sequence sequence:
                var parts = new List<string>();
                foreach (var each in sequence.Steps)
                    parts.Add(await RunAsync(context, each));
                return string.Join(",", parts);
            default:
                throw new InvalidOperationException();
        }
    }

    private static string Expect(Step step) => step switch
    {
        Call call => (call.Number * call.Number).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Sleep => "z",
        Listen listen => listen.Name.ToUpperInvariant(),
        Child child => $"({Expect(child.Step)})",
        Parallel parallel => $"[{string.Join("|", parallel.Steps.Select(Expect))}]",
        Sequence sequence => string.Join(",", sequence.Steps.Select(Expect)),
        _ => throw new InvalidOperationException(),
    };

    [System.Text.Json.Serialization.JsonDerivedType(typeof(Call), "call")]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Sleep), "sleep")]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Listen), "listen")]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Child), "child")]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Parallel), "parallel")]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Sequence), "sequence")]
    internal abstract record Step;

    internal sealed record Call(int Number) : Step;

    internal sealed record Sleep(int Minutes) : Step;

    internal sealed record Listen(string Name) : Step;

    internal sealed record Child(Step Step) : Step;

    internal sealed record Parallel(Step[] Steps) : Step;

    internal sealed record Sequence(Step[] Steps) : Step;
}
