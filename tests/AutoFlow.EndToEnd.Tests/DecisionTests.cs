using System.Net;
using System.Text.Json;
using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>What people decide: approvals and held replies.</summary>
[Collection(SampleInboxApp.Name)]
public sealed class DecisionTests(SampleInboxApp app)
{
    [Fact]
    public async Task An_approved_cancellation_refunds_once_and_tells_and_a_second_decision_changes_nothing()
    {
        var (story, ticket) = await ApprovalOfAsync("21-fr-cancel-high-value");

        using var decided = await DecideAsync(ticket.Number, approved: true);
        var after = await app.Api.StoryAsync(story.Id, one => one.Replies.Any(reply => reply.Proactive));
        using var again = await DecideAsync(ticket.Number, approved: false);

        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        Assert.Equal("cancelled", Assert.Single(Assert.Single(after.Replies, reply => reply.Proactive).Paragraphs));
        var books = await app.Api.BooksAsync();
        var move = Assert.Single(books.Ledger, line => line.OrderNumber == ticket.OrderNumber);
        Assert.Equal(("Refund", "Settled"), (move.Kind, move.State));
        Assert.Equal("Approved", books.Tickets.Single(one => one.Number == ticket.Number).State);
    }

    [Fact]
    public async Task A_refused_approval_moves_nothing_and_tells_the_customer()
    {
        var (story, ticket) = await ApprovalOfAsync("17-fr-lost-watch");

        using var decided = await DecideAsync(ticket.Number, approved: false);
        var after = await app.Api.StoryAsync(story.Id, one => one.Replies.Any(reply => reply.Proactive));

        Assert.Equal("approval-refused", Assert.Single(Assert.Single(after.Replies, reply => reply.Proactive).Paragraphs));
        Assert.DoesNotContain((await app.Api.BooksAsync()).Ledger, line => line.OrderNumber == ticket.OrderNumber && line.State == "Settled");
    }

    [Fact]
    public async Task A_decision_without_its_parts_or_its_ticket_is_refused()
    {
        var handOver = app.AtRest.Tickets.First(ticket => ticket.Type == "HandOver");

        using var incomplete = await app.Api.PostAsync($"/api/tickets/{handOver.Number}/decision", """{"approved": true}""");
        using var broken = await app.Api.PostAsync($"/api/tickets/{handOver.Number}/decision", """{"approved": "maybe"}""");
        using var unknown = await DecideAsync("T-1", approved: true);
        using var noApproval = await DecideAsync(handOver.Number, approved: true);

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Conflict],
            [incomplete.StatusCode, broken.StatusCode, unknown.StatusCode, noApproval.StatusCode]);
    }

    [Fact]
    public async Task A_held_reply_is_let_go_edited_or_discarded_once()
    {
        var held = app.AtRest.Replies.Where(reply => reply.State == "Held").Take(3).ToArray();
        Assert.Equal(3, held.Length);

        using var released = await ReviewAsync(held[0].Key, """{"send": true}""");
        using var edited = await ReviewAsync(held[1].Key, """{"send": true, "text": "Edited by a person."}""");
        using var discarded = await ReviewAsync(held[2].Key, """{"send": false, "reason": "wrote by phone"}""");
        using var twice = await ReviewAsync(held[2].Key, """{"send": true}""");
        using var incomplete = await ReviewAsync(held[0].Key, "{}");
        using var unknown = await ReviewAsync("nothing", """{"send": true}""");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.NotFound],
            [released.StatusCode, edited.StatusCode, discarded.StatusCode, twice.StatusCode, incomplete.StatusCode, unknown.StatusCode]);
        Assert.Equal(("Sent", held[0].Text), await OnceSentAsync(held[0].Key));
        Assert.Equal(("Sent", "Edited by a person."), await OnceSentAsync(held[1].Key));
        Assert.Equal("Failed", (await app.Api.BooksAsync()).Replies.Single(reply => reply.Key == held[2].Key).State);
    }

    private async Task<(string State, string Text)> OnceSentAsync(string key)
    {
        var sent = await Eventually.FindAsync(
            $"reply {key} is sent", async () => (await app.Api.BooksAsync()).Replies.SingleOrDefault(reply => reply.Key == key && reply.State is "Sent" or "Failed"));
        return (sent.State, sent.Text);
    }

    private async Task<(Story Story, Ticket Ticket)> ApprovalOfAsync(string name)
    {
        var expectation = Inbox.Expectation.Load(Places.SampleInbox).Single(one => one.Name == name);
        var story = app.AtRest.Stories.Single(one => one.MessageId == expectation.MessageId);
        var books = await app.Api.BooksAsync();
        return (story, books.Tickets.Single(ticket => ticket.Type == "Approval" && ticket.InstanceId.StartsWith(story.InstanceId!, StringComparison.Ordinal)));
    }

    private Task<HttpResponseMessage> DecideAsync(string number, bool approved) =>
        app.Api.PostAsync($"/api/tickets/{number}/decision", JsonSerializer.Serialize(new { approved, by = "finance@larkmoor.example", note = "checked" }));

    private Task<HttpResponseMessage> ReviewAsync(string key, string body) => app.Api.PostAsync($"/api/replies/review?key={Uri.EscapeDataString(key)}", body);
}
