using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AutoFlow.EndToEnd.Tests.App;
using AutoFlow.EndToEnd.Tests.Inbox;
using Xunit.Abstractions;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>SIGKILL at any moment loses nothing and does nothing twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    /// <summary>Of the work after the start: short, so that the inbox is not done before the last kill.</summary>
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
            killed += await KillUntilRestAsync(data, random, Kills - killed);

            Books atRest;
            await using (var last = AppProcess.Start(data))
            {
                await last.AtRestAsync();
                atRest = await last.Api.BooksAsync();
                Assert.Empty(OutcomeFile.Differences(reviewed, SampleInboxTests.ByName(atRest)));
                AssertNothingTwice(atRest, await ShopAsync(last));
            }

            await AssertAnotherStartDoesNothingAsync(data, atRest);
        }
    }

    /// <summary>How many kills came before the inbox was at rest.</summary>
    private async Task<int> KillUntilRestAsync(DataFolder data, Random random, int most)
    {
        for (var kills = 0; kills < most; kills++)
        {
            await using var app = AppProcess.Start(data);
            // One in four dies while it starts, the others at work.
            var whileStarting = random.Next(4) == 0;
            if (!whileStarting) await app.ReadyAsync();
            var moment = (whileStarting ? LongestStart : LongestWork) * random.NextDouble();
            await Task.Delay(moment);
            var atRest = app.AtRest;
            await app.KillAsync();
            output.WriteLine($"kill {kills + 1} {moment.TotalMilliseconds:0} ms after {(whileStarting ? "the process began" : "the host was up")}; {app.Progress}");
            if (atRest) return kills;
        }

        return most;
    }

    private static void AssertNothingTwice(Books books, JsonNode shop)
    {
        AssertOnce(books.Replies.Select(reply => reply.Key));
        AssertOnce(books.Replies.Select(reply => $"{reply.InstanceId} {reply.InReplyTo} {reply.Paragraphs}"));
        AssertOnce(books.Tickets.Select(ticket => $"{ticket.InstanceId} {ticket.Type} {ticket.Subject}"));
        Assert.All(books.Ledger, line => Assert.Equal("Settled", line.State));
        AssertOnce(books.Ledger.Select(line => $"{line.OrderNumber} {line.Kind}"));
        foreach (var deed in new[] { "cancels", "refunds", "reships" })
        {
            AssertOnce(Texts(shop[deed]!, "key"));
            AssertOnce(Texts(shop[deed]!, "order"));
        }

        Assert.Equal(Orders(books, "Refund"), Texts(shop["refunds"]!, "order").Order(StringComparer.Ordinal));
        Assert.Equal(Orders(books, "Reship"), Texts(shop["reships"]!, "order").Order(StringComparer.Ordinal));
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
        AssertNothingTwice(after, await ShopAsync(app));
    }

    private static async Task<JsonNode> ShopAsync(AppProcess app)
    {
        using var http = new HttpClient { BaseAddress = app.Shop };
        return (await http.GetFromJsonAsync<JsonNode>(new Uri("/sample/state", UriKind.Relative)))!;
    }

    private static IEnumerable<string> Orders(Books books, string kind) => books.Ledger.Where(line => line.Kind == kind).Select(line => line.OrderNumber).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Texts(JsonNode rows, string name) => rows.AsArray().Select(row => row![name]!.GetValue<string>());

    private static void AssertOnce(IEnumerable<string> all) => Assert.Empty(all.GroupBy(one => one, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
}
