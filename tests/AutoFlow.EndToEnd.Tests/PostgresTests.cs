using System.Text.Json.Nodes;
using AutoFlow.EmbeddedHost.Tests.Queues;
using AutoFlow.EndToEnd.Tests.App;
using AutoFlow.EndToEnd.Tests.Inbox;
using AutoFlow.Tests;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>The support data on a PostgreSQL server.</summary>
[Collection(SampleInboxApp.Name)]
public sealed class PostgresTests(SampleInboxApp running)
{
    private const int Messages = 24;

    [PostgresFact]
    public async Task The_sample_inbox_comes_out_as_on_SQLite_and_another_start_does_nothing()
    {
        using var data = new DataFolder().WithModelOf(running.Data);
        var settings = await SettingsAsync();
        Books first;
        await using (var app = AppProcess.Start(data, settings: settings))
        {
            await app.AtRestAsync();
            first = await app.Api.BooksAsync();
        }

        Assert.Empty(OutcomeFile.Differences(OutcomeFile.Read(Path.Combine(AppContext.BaseDirectory, "outcomes.json")), SampleInboxTests.ByName(first)));
        Assert.False(File.Exists(Path.Combine(data.Path, "support.db")));
        await using var again = AppProcess.Start(data, settings: settings);
        await again.AtRestAsync();
        var second = await again.Api.BooksAsync();
        Assert.Equal(first.Replies, second.Replies);
        Assert.Equal(first.Tickets, second.Tickets);
        Assert.Equal(first.Ledger, second.Ledger);
    }

    /// <summary>Of the queue messages that it had taken some stay hidden: the sweep brings their keys again.</summary>
    [PostgresAndAzuriteFact]
    public async Task Killed_on_a_server_and_a_storage_account_it_goes_on_and_does_nothing_twice()
    {
        using var azurite = new Azurite();
        await azurite.Started;
        var settings = await SettingsAsync();
        settings["AzureWebJobsStorage"] = azurite.ConnectionString;
        var keys = JsonNode.Parse(await File.ReadAllTextAsync(running.Data.ShopKeys))!;
        settings["Shop__BaseUrl"] = running.App.Shop.ToString();
        settings["Shop__AccessToken"] = keys["shopAccessToken"]!.GetValue<string>();
        settings["SeventeenTrack__BaseUrl"] = new Uri(running.App.Shop, "/track/v2.2").ToString();
        settings["SeventeenTrack__ApiKey"] = keys["trackingKey"]!.GetValue<string>();
        using var data = new DataFolder().WithModelOf(running.Data);
        await using (var first = await AppProcess.Start(data, demo: false, settings: settings).ReadyAsync())
        {
            for (var number = 0; number < Messages; number++)
            {
                // Half of them come when it is at work on the others.
                if (number == Messages / 2)
                    await Eventually.FindAsync("a message is answered", async () => (await first.Api.BooksAsync()).Replies is [var one, ..] ? one : null);
                var message = EndToEnd.Tests.Messages.Mail($"sender{number}@example.com", $"Where is my order {9000 + number}?", $"Hello, where is my order {9000 + number}? Thanks, Jo").ToJsonString();
                // Every message is handed in twice, so that there are two keys of it.
                foreach (var _ in new[] { 1, 2 })
                {
                    using var taken = await first.Api.PostAsync("/api/messages", message);
                    Assert.Equal(System.Net.HttpStatusCode.Accepted, taken.StatusCode);
                }
            }

            await first.KillAsync();
        }

        await using var again = await AppProcess.Start(data, demo: false, settings: settings).ReadyAsync();
        var books = await Eventually.FindAsync("all messages are answered", async () =>
        {
            var now = await again.Api.BooksAsync();
            return now.Stories.All(story => story.Settled) && now.Replies.Count >= Messages && now.Replies.All(reply => reply.State == "Sent") ? now : null;
        });

        Assert.Equal(Messages, books.Stories.Count);
        Assert.Equal(Messages, books.Replies.Count);
        Assert.Equal(Messages, books.Replies.Select(reply => reply.InstanceId).Distinct().Count());
        Assert.Equal(Messages, books.Replies.Select(reply => reply.ConversationId).Distinct().Count());
    }

    [Fact]
    public async Task Settings_that_are_wrong_are_named_one_by_one()
    {
        using var data = new DataFolder();
        var settings = new Dictionary<string, string> { ["Postgres__Host"] = "shop.example.com:5432", ["Postgres__Password"] = "very-secret", ["Postgres__Port"] = "many" };
        await using var app = AppProcess.Start(data, settings: settings);

        Assert.Equal(1, await app.ExitAsync());
        Assert.Matches(@"(?m)^Postgres:Port .+\nPostgres:User .+\nPostgres:Host .+\nNot started", app.Errors.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("very-secret", app.Output + app.Errors, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_server_that_does_not_let_us_in_is_told_in_one_line()
    {
        using var data = new DataFolder();
        var settings = await SettingsAsync();
        settings["Postgres__Password"] = "very-secret";
        await using var app = AppProcess.Start(data, settings: settings);

        Assert.Equal(1, await app.ExitAsync());
        Assert.Matches(@"(?m)^Postgres: space\d+@127\.0\.0\.1:\d+/postgres refused: .+\(28P01\).+\nNot started", app.Errors.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("very-secret", app.Output + app.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", app.Errors, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string>> SettingsAsync()
    {
        var server = await PostgresServer.StartedAsync();
        return new Dictionary<string, string>
        {
            ["Postgres__Host"] = "127.0.0.1",
            ["Postgres__Port"] = $"{server.Port}",
            ["Postgres__Database"] = "postgres",
            ["Postgres__User"] = await server.NewSpaceAsync(),
            ["Postgres__Password"] = PostgresServer.Password,
        };
    }
}

/// <summary>Skipped, with the reason, where PostgreSQL is not installed.</summary>
public class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Absence;
}

/// <summary>Skipped, with the reason, where PostgreSQL or Azurite cannot be started.</summary>
public sealed class PostgresAndAzuriteFactAttribute : PostgresFactAttribute
{
    public PostgresAndAzuriteFactAttribute() => Skip ??= Azurite.Absence;
}
