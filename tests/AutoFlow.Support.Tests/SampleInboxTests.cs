using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace AutoFlow.Support.Tests;

public sealed partial class SampleInboxTests
{
    private static readonly Dictionary<string, JsonElement> Messages = Directory
        .EnumerateFiles(Repository.Folder("samples", "shop", "inbox"), "*.json")
        .ToDictionary(file => Path.GetFileName(file), file => JsonDocument.Parse(File.ReadAllText(file)).RootElement);

    [Fact]
    public void There_are_enough_messages_in_every_language()
    {
        Assert.True(Messages.Count >= 64);
        var languages = Messages.Values.GroupBy(message => message.GetProperty("expected").GetProperty("language").GetString()!).ToDictionary(group => group.Key, group => group.Count());
        foreach (var language in new[] { "en", "de", "fr", "es", "it", "nl", "pl" }) Assert.True(languages[language] >= 7, language);
    }

    [Fact]
    public void Every_message_is_an_event_with_its_own_id_and_an_expectation()
    {
        Assert.Equal(Messages.Count, Messages.Values.Select(message => message.GetProperty("id").GetString()).Distinct().Count());
        foreach (var (file, message) in Messages)
        {
            Assert.Equal("autoflow.message.received", message.GetProperty("type").GetString());
            Assert.True(XmlConvert.ToTimeSpan(message.GetProperty("at").GetString()!) < TimeSpan.Zero, file);
            Assert.Contains('@', message.GetProperty("data").GetProperty("from").GetString()!);
            var expected = message.GetProperty("expected");
            Assert.Contains(expected.GetProperty("workflow").GetString(), new[] { "where-is-my-order", "cancel-order", "damaged-item", "hand-over", "none" });
            Assert.NotEmpty(expected.GetProperty("outcome").EnumerateArray());
            Assert.False(string.IsNullOrWhiteSpace(expected.GetProperty("reason").GetString()));
        }
    }

    [Fact]
    public void A_follow_up_comes_later_from_the_same_person_in_the_same_thread_unless_it_is_another_matter_of_one_order()
    {
        string[] otherMatters = ["80-it-payment-methods.json", "82-nl-return.json"];
        var followUps = Messages.Where(message => message.Value.TryGetProperty("after", out _)).ToList();
        Assert.True(followUps.Count >= 6);
        foreach (var (file, message) in followUps)
        {
            var earlier = Messages[message.GetProperty("after").GetString()!];
            Assert.True(XmlConvert.ToTimeSpan(earlier.GetProperty("at").GetString()!) < XmlConvert.ToTimeSpan(message.GetProperty("at").GetString()!), file);
            Assert.Equal(Of(earlier, "from"), Of(message, "from"));
            Assert.Equal(otherMatters.Contains(file), Of(earlier, "threadId") != Of(message, "threadId"));
        }

        static string? Of(JsonElement message, string field) => message.GetProperty("data").GetProperty(field).GetString();
    }

    [Fact]
    public void The_orders_named_are_the_shops_except_where_that_is_the_point()
    {
        var orders = JsonDocument.Parse(File.ReadAllText(Repository.Folder("samples", "shop", "data", "orders.json"))).RootElement.GetProperty("orders")
            .EnumerateArray().ToDictionary(order => order.GetProperty("number").GetString()!, order => order.GetProperty("email").GetString()!);
        foreach (var (file, message) in Messages)
        {
            var data = message.GetProperty("data");
            var text = data.TryGetProperty("text", out var plain) ? plain.GetString()! : data.GetProperty("html").GetString()!;
            var notTheirs = OrderNumber().Matches(text).Any(number => !orders.TryGetValue(number.Value, out var email) || email != data.GetProperty("from").GetString());
            Assert.True(!notTheirs || file.StartsWith("64-", StringComparison.Ordinal), file);
        }
    }

    [GeneratedRegex(@"\b10[0-9]{2}\b", RegexOptions.CultureInvariant)]
    private static partial Regex OrderNumber();
}
