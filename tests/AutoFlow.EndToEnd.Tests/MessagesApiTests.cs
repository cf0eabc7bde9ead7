using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>What callers send, right and wrong, and what they get.</summary>
[Collection(SampleInboxApp.Name)]
public sealed partial class MessagesApiTests(SampleInboxApp app)
{
    [Fact]
    public async Task A_German_mail_about_a_delayed_parcel_gets_its_real_state_in_German()
    {
        var story = await app.Api.AnswerToAsync(Messages.Mail(
            "tobias.vogel@example.de", "Lieferung verspätet", "Guten Tag, mein Paket zur Bestellung 1002 ist immer noch nicht da. Wo bleibt es denn? Viele Grüße, Tobias Vogel"));

        var reply = Assert.Single(story.Replies, one => !one.Proactive);
        Assert.Equal(("de", "where-is-my-order"), (story.Language, story.Workflow));
        Assert.Contains("trace-opened", reply.Paragraphs);
        Assert.Contains("CH648562806DE", reply.Text, StringComparison.Ordinal);
        Assert.Contains("nicht bewegt", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_order_is_said_to_be_unknown()
    {
        var story = await app.Api.AnswerToAsync(Messages.Mail("jemand@example.de", "Wo ist meine Bestellung?", "Hallo, wo bleibt meine Bestellung 9876? Danke, Max Muster"));

        var reply = Assert.Single(story.Replies);
        Assert.Equal(["order-not-found"], reply.Paragraphs);
        Assert.Contains("9876", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_JSON_is_refused_with_line_and_column()
    {
        using var refused = await app.Api.PostAsync("/api/messages", "{\n  \"specversion\": \"1.0\",\n  \"id\": oops\n}");

        var problem = await ProblemAsync(refused, HttpStatusCode.BadRequest);
        Assert.Contains("line 3, column 9", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/id")]
    [InlineData("/source")]
    [InlineData("/specversion")]
    [InlineData("/type")]
    [InlineData("/data/from")]
    [InlineData("/data/text")]
    public async Task A_missing_field_is_named_by_its_pointer(string pointer)
    {
        var message = Messages.Mail("a@example.com", "s", "t");
        var path = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        (path.Length == 1 ? message : message["data"]!.AsObject()).Remove(path[^1]);

        using var refused = await app.Api.PostAsync("/api/messages", message.ToJsonString());

        var problem = await ProblemAsync(refused, HttpStatusCode.BadRequest);
        Assert.Equal(pointer, Assert.Single(problem["errors"]!.AsArray())!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_mistake_is_named_at_once()
    {
        using var refused = await app.Api.PostAsync("/api/messages", """{"specversion":"0.3","id":7,"data":{"from":true,"text":[],"attachmentCount":-1,"headers":{"A":1}}}""");

        var problem = await ProblemAsync(refused, HttpStatusCode.BadRequest);
        string[] fields = [.. problem["errors"]!.AsArray().Select(error => error!["field"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["/data/attachmentCount", "/data/from", "/data/headers/A", "/data/text", "/id", "/source", "/specversion", "/type"], fields);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("\"text\"")]
    public async Task What_is_no_object_is_refused(string body)
    {
        using var refused = await app.Api.PostAsync("/api/messages", body);

        await ProblemAsync(refused, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Five_megabytes_of_text_are_taken_and_answered()
    {
        var text = "Hello, where is my order? Number 9877 please. " + string.Concat(Enumerable.Repeat("I have been waiting for a long while now. ", 5 * 1024 * 1024 / 42));

        var story = await app.Api.AnswerToAsync(Messages.Mail("long.writer@example.com", "Where is my order 9877?", text));

        Assert.NotEmpty(story.Replies);
    }

    [Fact]
    public async Task More_than_sixteen_mebibytes_are_too_large()
    {
        var message = Messages.Mail("a@example.com", "s", new string('a', 16 * 1024 * 1024));

        using var refused = await app.Api.PostAsync("/api/messages", message.ToJsonString());

        await ProblemAsync(refused, HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not-the-key")]
    public async Task Without_the_key_nothing_is_taken_or_shown(string? key)
    {
        using var stranger = new AppApi(new Uri($"http://localhost:{app.App.Port}"), key);

        using var posted = await stranger.PostAsync("/api/messages", Messages.Mail("a@example.com", "s", "t").ToJsonString());
        using var inbox = await stranger.GetAsync("/api/inbox");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (posted.StatusCode, inbox.StatusCode));
    }

    [Fact]
    public async Task A_message_that_comes_twice_is_one_row_and_one_reply()
    {
        var message = Messages.Mail("twice@example.com", "Where is my order 9878?", "Hello, where is my order 9878? Thanks, Jo").ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Api.PostAsync("/api/messages", message)));
        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadFromJsonAsync<JsonObject>()));
        var id = Assert.Single(bodies.Select(body => body!["id"]!.GetValue<string>()).Distinct());
        var story = await app.Api.StoryAsync(id, one => one.Settled);

        Assert.Single(bodies, body => body!["state"]!.GetValue<string>() == "stored");
        Assert.Single(story.Replies);
        Assert.Single((await app.Api.BooksAsync()).Stories, one => one.Id == id);
    }

    [Fact]
    public async Task Three_short_messages_of_a_chat_are_answered_once()
    {
        var ids = new List<string>();
        foreach (var text in new[] { "hi", "where is my order", "9879" })
        {
            var message = Messages.Mail("chatter@example.com", "", text);
            message["source"] = "chat";
            message["data"]!["threadId"] = "chat-9879";
            using var taken = await app.Api.PostAsync("/api/messages", message.ToJsonString());
            ids.Add((await taken.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>());
        }

        var stories = new List<Story>();
        foreach (var id in ids) stories.Add(await app.Api.StoryAsync(id, one => one.Settled && one.InstanceId is not null));

        Assert.Single(stories.Select(story => story.InstanceId).Distinct());
        Assert.Single(stories, story => !story.AsEvent);
        Assert.Single(stories.SelectMany(story => story.Replies).DistinctBy(reply => reply.Key));
    }

    [Fact]
    public async Task The_page_at_the_root_shows_sums_and_leads_everywhere()
    {
        using var anybody = new AppApi(new Uri($"http://localhost:{app.App.Port}"), key: null);
        using var answer = await anybody.GetAsync("/");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("messages", page, StringComparison.Ordinal);
        string[] links = [.. Link().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.Contains("/api/inbox", links);
        foreach (var link in links)
        {
            using var followed = await app.Api.GetAsync(link);
            Assert.True(followed.IsSuccessStatusCode, $"{link} gave {followed.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/api/inbox/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/messages", HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed)]
    [InlineData("/api/inbox?skip=-1", HttpStatusCode.BadRequest)]
    [InlineData("/api/inbox?take=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/inbox?take=501", HttpStatusCode.BadRequest)]
    [InlineData("/api/inbox?take=ten", HttpStatusCode.BadRequest)]
    [InlineData("/api/replies?skip=99999999999", HttpStatusCode.BadRequest)]
    [InlineData("/api/replies?state=lost", HttpStatusCode.BadRequest)]
    [InlineData("/api/tickets?state=7", HttpStatusCode.BadRequest)]
    public async Task A_question_that_makes_no_sense_gets_a_clear_no(string path, params HttpStatusCode[] expected)
    {
        using var answer = await app.Api.GetAsync(path);

        Assert.Contains(answer.StatusCode, expected);
    }

    private static async Task<JsonObject> ProblemAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(text)!.AsObject();
    }

    [GeneratedRegex("href=\"(/[^\"]*)\"")]
    private static partial Regex Link();
}
