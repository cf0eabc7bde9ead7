using System.Globalization;
using AutoFlow.EndToEnd.Tests.App;
using AutoFlow.EndToEnd.Tests.Inbox;
using Xunit.Abstractions;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>
/// With the faults of Azure Functions on Azure Storage (AUTOFLOW_STRICT) everything comes out as without: messages, activities
/// and events that come twice, answers out of order, looks that come too early, refusals.
/// </summary>
[Collection(SampleInboxApp.Name)]
public sealed class StrictTests(SampleInboxApp kind, ITestOutputHelper output)
{
    /// <summary>While the inbox is at work.</summary>
    private static readonly TimeSpan[] Kills = [TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(600)];

    [Fact]
    public async Task The_inbox_comes_to_the_same_rest_with_the_faults_of_the_real_host()
    {
        using var data = new DataFolder().WithModelOf(kind.Data);
        await using var app = Start(data, seed: 1);
        await app.AtRestAsync();
        await AssertSameAsync(app);
    }

    [Fact]
    public async Task Killed_in_the_middle_it_comes_to_the_same_rest_with_them()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        using var data = new DataFolder().WithModelOf(kind.Data);
        foreach (var moment in Kills)
        {
            await using var killed = await Start(data, seed).ReadyAsync();
            await Task.Delay(moment);
            await killed.KillAsync();
            output.WriteLine($"killed: {killed.Progress}");
        }

        await using var app = Start(data, seed);
        await app.AtRestAsync();
        await AssertSameAsync(app);
    }

    private static AppProcess Start(DataFolder data, int seed) =>
        AppProcess.Start(data, settings: new Dictionary<string, string> { ["AUTOFLOW_STRICT"] = seed.ToString(CultureInfo.InvariantCulture) });

    private static async Task AssertSameAsync(AppProcess app)
    {
        Assert.Contains("AUTOFLOW_STRICT", app.Output, StringComparison.Ordinal);
        var books = await app.Api.BooksAsync();
        var reviewed = OutcomeFile.Read(Path.Combine(AppContext.BaseDirectory, "outcomes.json"));
        Assert.Empty(OutcomeFile.Differences(reviewed, SampleInboxTests.ByName(books)));
        await NothingTwice.AssertAsync(app, books);
    }
}
