using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests.Inbox;

/// <summary>Whatever happened on the way: every reply, ticket and movement is there once, in our books and in the shop's.</summary>
internal static class NothingTwice
{
    public static async Task AssertAsync(AppProcess app, Books books)
    {
        using var http = new HttpClient { BaseAddress = app.Shop };
        var shop = (await http.GetFromJsonAsync<JsonNode>(new Uri("/sample/state", UriKind.Relative)))!;
        Once(books.Replies.Select(reply => reply.Key));
        Once(books.Replies.Select(reply => $"{reply.InstanceId} {reply.InReplyTo} {reply.Paragraphs}"));
        Once(books.Tickets.Select(ticket => $"{ticket.InstanceId} {ticket.Type} {ticket.Subject}"));
        Assert.All(books.Ledger, line => Assert.Equal("Settled", line.State));
        Once(books.Ledger.Select(line => $"{line.OrderNumber} {line.Kind}"));
        foreach (var deed in new[] { "cancels", "refunds", "reships" })
        {
            Once(Texts(shop[deed]!, "key"));
            Once(Texts(shop[deed]!, "order"));
        }

        Assert.Equal(Orders(books, "Refund"), Texts(shop["refunds"]!, "order").Order(StringComparer.Ordinal));
        Assert.Equal(Orders(books, "Reship"), Texts(shop["reships"]!, "order").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Orders(Books books, string kind) => books.Ledger.Where(line => line.Kind == kind).Select(line => line.OrderNumber).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Texts(JsonNode rows, string name) => rows.AsArray().Select(row => row![name]!.GetValue<string>());

    private static void Once(IEnumerable<string> all) => Assert.Empty(all.GroupBy(one => one, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
}
