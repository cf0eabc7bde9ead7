using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoFlow.Demo;
using AutoFlow.SampleShop.Data;

namespace AutoFlow.Benchmarks.Pipeline;

/// <summary>
/// Messages of as many customers as are asked for: the sample inbox again and again, each time with the addresses, the orders, the
/// parcels, the threads and the message ids of another copy of the sample shop.
/// </summary>
internal sealed partial class SampleTraffic
{
    /// <summary>As many copies of the inbox as the shop has of its orders.</summary>
    public const int Most = 500_000;

    private const string Held = "held";

    private readonly IReadOnlyList<SampleMessage> _inbox;
    private readonly Dictionary<string, int> _followers;
    private readonly HashSet<string> _orders;
    private readonly HashSet<string> _parcels;
    private readonly int _count;

    /// <param name="inbox">The sample inbox.</param>
    /// <param name="data">The shop's orders.</param>
    /// <param name="count">How many messages.</param>
    public SampleTraffic(IReadOnlyList<SampleMessage> inbox, SampleData data, int count)
    {
        (_inbox, _count) = (inbox, count);
        _orders = data.Orders.Select(order => order.Number).ToHashSet(StringComparer.Ordinal);
        _parcels = data.Parcels.Select(parcel => parcel.Number).ToHashSet(StringComparer.Ordinal);
        _followers = Enumerable.Range(0, inbox.Count).Where(i => inbox[i].After is not null).ToDictionary(i => inbox[i].After!, StringComparer.Ordinal);
    }

    /// <summary>The copies of the sample that the messages are about.</summary>
    public int Copies => (_count + _inbox.Count - 1) / _inbox.Count;

    /// <summary>The messages that follow no other one, shuffled among a few copies, so that kinds mix.</summary>
    public IReadOnlyList<Traffic> First(int seed)
    {
        var random = new Random(seed);
        var first = All().Where(one => _inbox[one.Kind].After is null).ToArray();
        for (var from = 0; from < first.Length; from += Mixed) random.Shuffle(first.AsSpan(from, Math.Min(Mixed, first.Length - from)));
        return first;
    }

    private const int Mixed = 400;

    /// <summary>All messages.</summary>
    public IEnumerable<Traffic> All() => Enumerable.Range(0, _count).Select(i => new Traffic(i / _inbox.Count, i % _inbox.Count));

    /// <summary>The sample message that it is a copy of.</summary>
    public SampleMessage Of(Traffic one) => _inbox[one.Kind];

    /// <summary>The message that comes once this one is answered; null when none does.</summary>
    public Traffic? After(Traffic one)
    {
        if (!_followers.TryGetValue(_inbox[one.Kind].Name, out var kind)) return null;
        var next = one with { Kind = kind };
        return ((long)next.Copy * _inbox.Count) + kind < _count ? next : null;
    }

    /// <summary>Whether its answer waits for a person, so that what follows it cannot wait for the answer.</summary>
    public bool IsHeld(Traffic one) => _inbox[one.Kind].Expected?["outcome"]?.AsArray().Any(word => word?.GetValue<string>() == Held) == true;

    /// <summary>The message's id in its channel.</summary>
    public string IdOf(Traffic one) => Copied(_inbox[one.Kind].Id, one.Copy);

    /// <summary>The message that has an id; null for a foreign one.</summary>
    public Traffic? Find(string messageId)
    {
        var (id, copy) = CopyInId().Match(messageId) is { Success: true } match
            ? (messageId.Remove(match.Index, match.Length), int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : (messageId, 0);
        var kind = _inbox.Select(one => one.Id).ToList().IndexOf(id);
        return kind < 0 ? null : new Traffic(copy, kind);
    }

    /// <summary>The body for <c>POST /api/messages</c>.</summary>
    /// <param name="epoch">What the shop's times count from, UTC.</param>
    public string Body(Traffic one, DateTimeOffset epoch)
    {
        var body = JsonNode.Parse(_inbox[one.Kind].Body(epoch))!;
        Copy(body, one.Copy);
        return body.ToJsonString();
    }

    private void Copy(JsonNode node, int copy)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var name in fields.Select(field => field.Key).ToList()) Copy(fields[name], text => fields[name] = text, copy);
                break;
            case JsonArray items:
                foreach (var i in Enumerable.Range(0, items.Count)) Copy(items[i], text => items[i] = text, copy);
                break;
        }
    }

    private void Copy(JsonNode? value, Action<string> replace, int copy)
    {
        if (value is JsonValue text && text.TryGetValue<string>(out var before)) replace(Copied(before, copy));
        else if (value is not null) Copy(value, copy);
    }

    private string Copied(string text, int copy) => copy == 0 ? text : Names().Replace(text, found => found switch
    {
        { Groups: var groups } when groups["address"].Success => SampleCopies.Address(found.Value, copy),
        { Groups: var groups } when groups["thread"].Success => string.Create(CultureInfo.InvariantCulture, $"{found.Value}-c{copy}"),
        { Value: var value } when _orders.Contains(value) => SampleCopies.OrderNumber(value, copy),
        { Value: var value } when _parcels.Contains(value) => SampleCopies.ParcelNumber(value, copy),
        _ => found.Value,
    });

    [GeneratedRegex(@"(?<address>[A-Za-z0-9._-]+@[A-Za-z0-9.-]+)|(?<thread>thread-\d+)|(?<![A-Za-z\d])[A-Z0-9]{4,24}(?![A-Za-z\d])")]
    private static partial Regex Names();

    [GeneratedRegex(@"\.c(\d+)(?=@)")]
    private static partial Regex CopyInId();
}

/// <summary>One message of the traffic.</summary>
/// <param name="Copy">The copy of the sample shop that it is about.</param>
/// <param name="Kind">Its place in the sample inbox.</param>
internal readonly record struct Traffic(int Copy, int Kind);
