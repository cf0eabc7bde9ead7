using AutoFlow.EndToEnd.Tests.App;
using AutoFlow.EndToEnd.Tests.Inbox;
using Xunit.Abstractions;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>SIGKILL at any moment loses nothing and does nothing twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    /// <summary>Of one data folder: a step that is at work at five kills is held for their cause and set aside.</summary>
    private const int KillsOfOne = 4;

    /// <summary>Messages that come to rest between two kills at work: a number and not a time, so that slow machines get as far as fast ones.</summary>
    private const int MostRested = 8;

    /// <summary>Of the work after that: short, so that the inbox is not done before the last kill.</summary>
    private static readonly TimeSpan LongestWork = TimeSpan.FromMilliseconds(900);

    /// <summary>Of the start itself, which takes some seconds.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(2.5);

    [Fact]
    public async Task Killed_again_and_again_the_inbox_comes_to_the_same_rest()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        var reviewed = OutcomeFile.Read(Path.Combine(AppContext.BaseDirectory, "outcomes.json"));
        for (var killed = 0; killed < Kills;)
        {
            using var data = new DataFolder();
            killed += await KillUntilRestAsync(data, random, Math.Min(KillsOfOne, Kills - killed));

            Books atRest;
            await using (var last = AppProcess.Start(data))
            {
                await last.AtRestAsync();
                atRest = await last.Api.BooksAsync();
                Assert.Empty(OutcomeFile.Differences(reviewed, SampleInboxTests.ByName(atRest)));
                await NothingTwice.AssertAsync(last, atRest);
            }

            await AssertAnotherStartDoesNothingAsync(data, atRest);
        }
    }

    /// <summary>How many kills came before the inbox was at rest.</summary>
    private async Task<int> KillUntilRestAsync(DataFolder data, Random random, int most)
    {
        var rested = 0;
        for (var kills = 0; kills < most; kills++)
        {
            await using var app = AppProcess.Start(data);
            // One in four dies while it starts, the others at work.
            var whileStarting = random.Next(4) == 0;
            if (!whileStarting)
            {
                await app.ReadyAsync();
                rested += random.Next(MostRested);
                await Eventually.FindAsync($"{rested} messages come to rest", () => Task.FromResult(app.AtRest || app.Rested >= rested ? app : null));
            }

            var moment = (whileStarting ? LongestStart : LongestWork) * random.NextDouble();
            await Task.Delay(moment);
            var atRest = app.AtRest;
            await app.KillAsync();
            output.WriteLine($"kill {kills + 1} {moment.TotalMilliseconds:0} ms after {(whileStarting ? "the process began" : $"{rested} were at rest")}; {app.Progress}");
            if (atRest) return kills;
        }

        return most;
    }

    private static async Task AssertAnotherStartDoesNothingAsync(DataFolder data, Books before)
    {
        await using var app = AppProcess.Start(data);
        await app.AtRestAsync();
        var after = await app.Api.BooksAsync();

        Assert.Equal(before.Stories.Select(story => story.Id), after.Stories.Select(story => story.Id));
        Assert.Equal(before.Replies, after.Replies);
        Assert.Equal(before.Tickets, after.Tickets);
        Assert.Equal(before.Ledger, after.Ledger);
        await NothingTwice.AssertAsync(app, after);
    }
}
