using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.EndToEnd.Tests.App;
using AutoFlow.EndToEnd.Tests.Inbox;

namespace AutoFlow.Benchmarks.Pipeline;

/// <summary>What the app and the shop say at the end, and what must be true of it.</summary>
internal sealed class PipelineBooks(SampleTraffic traffic, IReadOnlyDictionary<string, Outcome> reviewed)
{
    private const int PageSize = 500;
    private const int MostShown = 5;

    private readonly List<string> _faults = [];

    /// <summary>What is wrong, the first of each kind; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The messages by what became of them.</summary>
    public IReadOnlyDictionary<string, int> States { get; private set; } = new Dictionary<string, int>();

    /// <summary>Reads everything that the app tells.</summary>
    public static async Task<Books> ReadAsync(HttpClient app) => new(
        await AllAsync<Story>(app, "/api/inbox", story => story with { Replies = [.. story.Replies.Select(reply => reply with { Text = "" })] }),
        await AllAsync<Reply>(app, "/api/replies", reply => reply),
        await app.GetFromJsonAsync<List<Ticket>>(new Uri("/api/tickets", UriKind.Relative)) ?? [],
        await app.GetFromJsonAsync<List<LedgerLine>>(new Uri("/api/ledger", UriKind.Relative)) ?? []);

    /// <summary>Compares the books with what was acknowledged, what the channel got and what the shop did.</summary>
    public async Task CheckAsync(Books books, IReadOnlyCollection<string> acknowledged, ReplyReceiver channel, HttpClient shop)
    {
        States = books.Stories.GroupBy(story => story.State, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        Messages(books, acknowledged);
        Replies(books, channel);
        Money(books, (await shop.GetFromJsonAsync<JsonNode>(new Uri("/sample/state", UriKind.Relative)))!);
        Once("A ticket is there twice", books.Tickets.Select(ticket => $"{ticket.InstanceId} {ticket.Type} {ticket.Subject}"));
        Outcomes(books);
    }

    private void Messages(Books books, IReadOnlyCollection<string> acknowledged)
    {
        var stored = books.Stories.Select(story => story.MessageId).ToHashSet(StringComparer.Ordinal);
        None("An acknowledged message is lost", acknowledged.Where(id => !stored.Contains(id)));
        None("A message is there that nobody sent", stored.Except(acknowledged, StringComparer.Ordinal));
        Once("A message is there twice", books.Stories.Select(story => story.MessageId));
        None("A message has no outcome", books.Stories.Where(story => !story.Settled || (story.State != "Ignored" && story.InstanceId is null)).Select(story => story.Id));
    }

    private void Replies(Books books, ReplyReceiver channel)
    {
        Once("A reply is there twice", books.Replies.Select(reply => $"{reply.InstanceId} {reply.InReplyTo} {reply.Paragraphs}"));
        var sent = books.Replies.Where(reply => reply.State == "Sent").Select(reply => reply.Key).ToHashSet(StringComparer.Ordinal);
        None("A reply counts as sent and never left", sent.Where(key => !channel.ByKey.ContainsKey(key)));
        None("A reply left that does not count as sent", channel.ByKey.Keys.Where(key => !sent.Contains(key)));
        None("A reply is neither sent nor held", books.Replies.Where(reply => reply.State is not ("Sent" or "Held")).Select(reply => $"{reply.Key} {reply.State}"));
        if (channel.WithoutKey > 0) _faults.Add($"{channel.WithoutKey} replies came without a key.");
        if (channel.Changed > 0) _faults.Add($"{channel.Changed} replies came again with another text.");
    }

    private void Money(Books books, JsonNode shop)
    {
        None("A movement is not settled", books.Ledger.Where(line => line.State != "Settled").Select(line => $"{line.Key} {line.State}"));
        Once("An order has two movements of a kind", books.Ledger.Select(line => $"{line.OrderNumber} {line.Kind}"));
        foreach (var deeds in new[] { "cancels", "refunds", "reships" })
        {
            Once($"The shop has done two {deeds} by one key", Texts(shop[deeds]!, "key"));
            Once($"The shop has done two {deeds} to one order", Texts(shop[deeds]!, "order"));
        }

        foreach (var (kind, deeds) in new[] { ("Refund", "refunds"), ("Reship", "reships") })
        {
            var ours = books.Ledger.Where(line => line.Kind == kind).Select(line => line.OrderNumber).ToHashSet(StringComparer.Ordinal);
            var theirs = Texts(shop[deeds]!, "order").ToHashSet(StringComparer.Ordinal);
            None($"The ledger has a {kind} that the shop does not know", ours.Except(theirs, StringComparer.Ordinal));
            None($"The shop made a {kind} that is not in the ledger", theirs.Except(ours, StringComparer.Ordinal));
        }
    }

    /// <summary>Every copy of a sample message must come to what was reviewed for that message.</summary>
    private void Outcomes(Books books)
    {
        var copyOf = books.Stories.Where(story => story.InstanceId is not null)
            .DistinctBy(story => story.InstanceId)
            .ToDictionary(story => story.InstanceId!, story => traffic.Find(story.MessageId)?.Copy ?? -1, StringComparer.Ordinal);
        var tickets = books.Tickets.ToLookup(ticket => copyOf.GetValueOrDefault(RootOf(ticket.InstanceId), -1));
        var ledger = books.Ledger.ToLookup(line => copyOf.GetValueOrDefault(RootOf(line.InstanceId), -1));
        var differences = new List<string>();
        foreach (var copy in books.Stories.GroupBy(story => traffic.Find(story.MessageId)?.Copy ?? -1))
        {
            var outcomes = EndToEnd.Tests.Inbox.Outcomes.Of(new Books([.. copy], [], [.. tickets[copy.Key]], [.. ledger[copy.Key]]));
            foreach (var (messageId, outcome) in outcomes)
            {
                var name = traffic.Find(messageId) is { } known ? traffic.Of(known).Name : messageId;
                if (reviewed.GetValueOrDefault(name)?.ToString() is not { } expected || expected != outcome.ToString())
                    differences.Add($"{messageId}: {outcome}, not {reviewed.GetValueOrDefault(name)}");
            }
        }

        None("A message came to another end than was reviewed", differences);
    }

    private void None(string fault, IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        if (all.Count > 0) _faults.Add($"{fault} ({all.Count}): {string.Join("; ", all.Take(MostShown))}");
    }

    private void Once(string fault, IEnumerable<string> all) =>
        None(fault, all.GroupBy(one => one, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));

    private static string RootOf(string instanceId) => string.Join('~', instanceId.Split('~').Take(2));

    private static IEnumerable<string> Texts(JsonNode rows, string name) => rows.AsArray().Select(row => row![name]!.GetValue<string>());

    private static async Task<List<T>> AllAsync<T>(HttpClient app, string path, Func<T, T> kept)
    {
        var all = new List<T>();
        while (true)
        {
            var page = await app.GetFromJsonAsync<List<T>>(new Uri($"{path}?skip={all.Count}&take={PageSize}", UriKind.Relative)) ?? throw new JsonException($"{path} gave null.");
            all.AddRange(page.Select(kept));
            if (page.Count < PageSize) return all;
        }
    }
}
