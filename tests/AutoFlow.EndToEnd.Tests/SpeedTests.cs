using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests;

public sealed class SpeedTests
{
    [Fact]
    public async Task With_the_carriers_clock_running_follow_ups_appear_and_a_delivered_parcels_watch_ends()
    {
        using var data = new DataFolder();
        await using var app = AppProcess.Start(data, args: ["--speed", "20000"]);
        await app.AtRestAsync();

        var delivered = await Eventually.FindAsync(
            "a follow-up tells of a delivery, and its watch is over",
            async () => (await app.Api.BooksAsync()).Stories.FirstOrDefault(story =>
                story.WaitsFor.Count == 0 && story.Replies.Any(reply => reply is { Proactive: true, Paragraphs: ["update-delivered"] })));

        Assert.Contains(delivered.Replies, reply => !reply.Proactive && reply.Paragraphs.Any(Inbox.OutcomeWords.TellsOfParcel));
        await Eventually.FindAsync("the follow-up is printed", () => Task.FromResult(app.Output.Contains("follow-up to ", StringComparison.Ordinal) ? app : null));
    }
}
