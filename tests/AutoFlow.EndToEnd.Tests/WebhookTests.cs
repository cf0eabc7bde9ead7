using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>What carriers and the mailbox tell us by themselves.</summary>
[Collection(SampleInboxApp.Name)]
public sealed class WebhookTests(SampleInboxApp app)
{
    [Fact]
    public async Task A_signed_push_of_a_delivery_is_told_to_the_customer_and_ends_the_watch()
    {
        var (watched, number) = Watched("46-nl-on-its-way");
        var body = await DeliveredAsync(number);

        using var wrong = await PushAsync(body, "0000");
        using var unsigned = await PushAsync(body, null);
        using var right = await PushAsync(body, Sign(body));
        using var twice = await PushAsync(body, Sign(body));
        var after = await app.Api.StoryAsync(watched.Id, story => story.Replies.Any(reply => reply.Proactive) && story.WaitsFor.Count == 0);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK],
            [wrong.StatusCode, unsigned.StatusCode, right.StatusCode, twice.StatusCode]);
        var followUp = Assert.Single(after.Replies, reply => reply.Proactive);
        Assert.Equal(["update-delivered"], followUp.Paragraphs);
        Assert.Contains(number, followUp.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_notifications_shake_hands_and_say_that_no_mailbox_is_set()
    {
        using var handshake = await app.Api.PostAsync("/api/mail/notifications?validationToken=a%20token%3Cb%3E", "");
        using var notification = await app.Api.PostAsync("/api/mail/notifications", """{"value":[]}""");

        Assert.Equal((HttpStatusCode.OK, "text/plain"), (handshake.StatusCode, handshake.Content.Headers.ContentType?.MediaType));
        Assert.Equal("a token<b>", await handshake.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notification.StatusCode);
    }

    private (Story Story, string Number) Watched(string name)
    {
        var expectation = Inbox.Expectation.Load(Places.SampleInbox).Single(one => one.Name == name);
        var story = app.AtRest.Stories.Single(one => one.MessageId == expectation.MessageId);
        return (story, Assert.Single(story.WaitsFor)["news of ".Length..]);
    }

    /// <summary>A push as 17TRACK sends it: what the carrier tells now, with a delivery on top.</summary>
    private async Task<string> DeliveredAsync(string number)
    {
        using var http = new HttpClient { BaseAddress = app.App.Shop };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/track/v2.2/gettrackinfo");
        request.Headers.Add("17token", TrackingKey());
        request.Content = new StringContent(new JsonArray(new JsonObject { ["number"] = number }).ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request);
        var parcel = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!["accepted"]![0]!.DeepClone();
        var info = parcel["track_info"]!;
        info["latest_status"] = new JsonObject { ["status"] = "Delivered", ["sub_status"] = "Delivered_Other" };
        var delivered = info["latest_event"]!.DeepClone();
        var time = DateTimeOffset.UtcNow;
        delivered["time_iso"] = time.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
        delivered["time_utc"] = time.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        (delivered["stage"], delivered["sub_status"], delivered["description"]) = ("Delivered", "Delivered_Other", "The parcel was delivered.");
        info["latest_event"] = delivered;
        info["tracking"]!["providers"]![0]!["events"]!.AsArray().Insert(0, delivered.DeepClone());
        return new JsonObject { ["event"] = "TRACKING_UPDATED", ["data"] = parcel }.ToJsonString();
    }

    private async Task<HttpResponseMessage> PushAsync(string body, string? sign)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        if (sign is not null) content.Headers.Add("sign", sign);
        return await app.Api.PostAsync("/api/carriers/17track", content);
    }

    private string Sign(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{body}/{TrackingKey()}")));

    private string TrackingKey() => JsonNode.Parse(File.ReadAllText(app.Data.ShopKeys))!["trackingKey"]!.GetValue<string>();
}
