using AutoFlow.EmbeddedHost.Durable;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Tests.Durable.History;

/// <summary>A rewind tries the code out on its history, on a worker that others wait for: not once per failure.</summary>
public sealed class RewindEffortTests
{
    private const int Failures = 1_000;

    private int _replays;

    [Fact]
    public async Task Failures_that_the_code_acted_on_at_once_are_not_tried()
    {
        await using var app = await RewindApp.StartAsync(Counted(async context =>
        {
            for (var number = 0; number < Failures; number++)
            {
                if (await FailsAsync(context, $"f{number}"))
                    await context.CallActivityAsync<string>("Say", $"instead of f{number}");
            }

            return await context.CallActivityAsync<string>("Say", "last");
        }));
        app.Fails([.. Enumerable.Range(0, Failures).Select(number => $"f{number}"), "last"]);
        await app.FailAsync();
        _replays = 0;

        Assert.Equal(["last"], RewindApp.Pending(app.Rewound()));

        Assert.InRange(_replays, 1, 4);
    }

    [Fact]
    public async Task Siblings_are_told_from_what_the_code_noted_by_halves()
    {
        const int Noted = 3;
        await using var app = await RewindApp.StartAsync(Counted(async context =>
        {
            var noted = Enumerable.Range(0, Noted).Select(number => FailsAsync(context, $"noted{number}")).ToList();
            var siblings = Enumerable.Range(0, Failures).Select(number => context.CallActivityAsync<string>("Say", $"sibling{number}")).ToList();
            if ((await Task.WhenAll(noted)).All(fails => fails))
                await context.CallActivityAsync<string>("Say", "told");
            return (await Task.WhenAll(siblings))[^1];
        }));
        app.Fails([.. Enumerable.Range(0, Noted).Select(number => $"noted{number}"), .. Enumerable.Range(0, Failures).Select(number => $"sibling{number}")]);
        await app.FailAsync();
        _replays = 0;

        Assert.Equal(Enumerable.Range(0, Failures).Select(number => $"sibling{number}"), RewindApp.Pending(app.Rewound()));

        Assert.InRange(_replays, 1, 60);
        await app.RewindAsync();
        Assert.Equal($"sibling{Failures - 1}", await app.OutputAsync());
        Assert.Equal(1, app.Ran.Count(said => said == "told"));
    }

    [Fact]
    public async Task Where_there_are_too_many_to_try_the_rest_stays_and_the_work_is_bounded()
    {
        const int Noted = 4 * Failures;
        await using var app = await RewindApp.StartAsync(Counted(async context =>
        {
            var noted = await Task.WhenAll(Enumerable.Range(0, Noted).Select(number => FailsAsync(context, $"noted{number}")));
            return await context.CallActivityAsync<string>("Say", $"{noted.Count(fails => fails)} failed");
        }));
        app.Fails([.. Enumerable.Range(0, Noted).Select(number => $"noted{number}"), $"{Noted} failed"]);
        await app.FailAsync();
        _replays = 0;

        Assert.Equal([$"{Noted} failed"], RewindApp.Pending(app.Rewound()));

        Assert.InRange(_replays, 1, 10 + (5 * DurableLimits.MaxHistoryEvents / (2 * Noted)));
    }

    private Func<TaskOrchestrationContext, Task<string>> Counted(Func<TaskOrchestrationContext, Task<string>> flow) => async context =>
    {
        _replays++;
        return await flow(context);
    };

    private static async Task<bool> FailsAsync(TaskOrchestrationContext context, string word)
    {
        try
        {
            await context.CallActivityAsync<string>("Say", word);
            return false;
        }
        catch (TaskFailedException)
        {
            return true;
        }
    }
}
