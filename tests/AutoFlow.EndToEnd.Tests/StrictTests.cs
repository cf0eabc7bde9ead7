using System.Globalization;
using System.Text.RegularExpressions;
using AutoFlow.EndToEnd.Tests.App;
using AutoFlow.EndToEnd.Tests.Inbox;
using Xunit.Abstractions;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>
/// With the faults of Azure Functions on Azure Storage (AUTOFLOW_STRICT) everything comes out as without: messages, activities
/// and events that come twice, answers out of order, looks that come too early, refusals.
/// </summary>
[Collection(SampleInboxApp.Name)]
public sealed partial class StrictTests(SampleInboxApp kind, ITestOutputHelper output)
{
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
        await using (var killed = await Start(data, seed).ReadyAsync())
        {
            await Eventually.FindAsync("some messages come to rest, not all", () => Task.FromResult(AtWork().IsMatch(killed.Output) ? killed : null));
            await killed.KillAsync();
            output.WriteLine($"killed: {killed.Progress}");
        }

        Books atRest;
        await using (var app = Start(data, seed))
        {
            await app.AtRestAsync();
            atRest = await AssertSameAsync(app);
        }

        // What was still to come twice comes now, and changes nothing.
        await using var last = Start(data, seed);
        await last.AtRestAsync();
        var after = await AssertSameAsync(last);
        Assert.Equal(atRest.Replies.Select(reply => reply.Key), after.Replies.Select(reply => reply.Key));
        Assert.Equal(atRest.Tickets, after.Tickets);
        Assert.Equal(atRest.Ledger, after.Ledger);
    }

    private static AppProcess Start(DataFolder data, int seed) =>
        AppProcess.Start(data, settings: new Dictionary<string, string> { ["AUTOFLOW_STRICT"] = seed.ToString(CultureInfo.InvariantCulture) });

    private static async Task<Books> AssertSameAsync(AppProcess app)
    {
        Assert.Contains("AUTOFLOW_STRICT", app.Output, StringComparison.Ordinal);
        var books = await app.Api.BooksAsync();
        var reviewed = OutcomeFile.Read(Path.Combine(AppContext.BaseDirectory, "outcomes.json"));
        var differences = OutcomeFile.Differences(reviewed, SampleInboxTests.ByName(books));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        await NothingTwice.AssertAsync(app, books);
        return books;
    }

    [GeneratedRegex(@"^\s*[1-9]\d* of \d+ at rest", RegexOptions.Multiline)]
    private static partial Regex AtWork();
}
