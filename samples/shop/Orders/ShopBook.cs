using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Clock;
using AutoFlow.SampleShop.Data;
using AutoFlow.SampleShop.State;

namespace AutoFlow.SampleShop.Orders;

/// <summary>The orders as they are now: the sample's own and everything that was done to them, which is kept with the answers given.</summary>
internal sealed class ShopBook
{
    private readonly Lock gate = new();
    private readonly AppendLog<Deed> log;
    private readonly SampleData data;
    private readonly ShopClock clock;
    private readonly List<Deed> deeds = [];
    private readonly Dictionary<string, Deed> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Deed>> byOrder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SampleOrder> reshipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SampleOrder>> reshippedTo = new(StringComparer.OrdinalIgnoreCase);
    private int nextNumber = 2001;

    /// <param name="log">Everything that was done.</param>
    /// <param name="before">What a version without the log has left; null where there is none.</param>
    public ShopBook(AppendLog<Deed> log, ShopState? before, SampleData data, ShopClock clock)
    {
        (this.log, this.data, this.clock) = (log, data, clock);
        foreach (var deed in (before?.Deeds ?? []).Concat(log.Open())) Keep(deed);
    }

    /// <summary>Everything that was done, oldest first.</summary>
    public IReadOnlyList<Deed> Deeds
    {
        get
        {
            lock (gate)
                return [.. deeds];
        }
    }

    /// <summary>All orders, newest first.</summary>
    public IReadOnlyList<OrderNow> All() => Now(data.AllOrders().Concat(reshipped.Values));

    /// <summary>A customer's orders, newest first.</summary>
    public IReadOnlyList<OrderNow> Of(string address) => Now(data.OrdersOf(address).Concat(reshippedTo.GetValueOrDefault(address) ?? []));

    /// <summary>Null when there is no order with that number.</summary>
    public OrderNow? Find(string number)
    {
        lock (gate)
            return FindAlone(number);
    }

    /// <summary>Null when there is no order with that id.</summary>
    public OrderNow? Find(long id) => Find(SampleOrder.NumberOf(id));

    /// <summary>
    /// Does it once per key: a repeated key on the same path gets the first answer, on another path a 422. What is not done
    /// (a refusal) is not remembered, so it may be tried again. Answers when it is on the disk.
    /// </summary>
    /// <param name="key">Null does it every time.</param>
    public async Task<ShopAnswer> DoAsync(string path, string? key, Func<ShopDesk, ShopAnswer> act)
    {
        ShopAnswer answer;
        lock (gate)
            answer = Do(path, key, act);
        // A repeat too: the first call's entry may be on its way.
        await log.WrittenAsync();
        return answer;
    }

    private ShopAnswer Do(string path, string? key, Func<ShopDesk, ShopAnswer> act)
    {
        if (key is not null && byKey.TryGetValue(key, out var before))
        {
            return before.Path == path
                ? new ShopAnswer(before.Status, JsonNode.Parse(before.Answer)!.AsObject(), null)
                : ShopAnswer.Refused("The Idempotency-Key was used for another request.");
        }

        var desk = new ShopDesk(id => FindAlone(SampleOrder.NumberOf(id)), nextNumber, clock.GetUtcNow() - clock.Epoch, clock.Epoch);
        var answer = act(desk);
        if (answer.Deed is { } deed)
        {
            var done = deed with { Key = key, Path = path, Status = answer.Status, Answer = answer.Body.ToJsonString() };
            log.Add(done);
            Keep(done);
        }

        return answer;
    }

    private void Keep(Deed deed)
    {
        deeds.Add(deed);
        if (deed.Key is { } key) byKey[key] = deed;
        if (!byOrder.TryGetValue(deed.Order, out var ofOrder)) byOrder.Add(deed.Order, ofOrder = []);
        ofOrder.Add(deed);
        if (deed.Reship is not { } order) return;
        reshipped[order.Number] = order;
        if (!reshippedTo.TryGetValue(order.Email, out var theirs)) reshippedTo.Add(order.Email, theirs = []);
        theirs.Add(order);
        nextNumber++;
    }

    private OrderNow? FindAlone(string number) =>
        (data.FindOrder(number) ?? reshipped.GetValueOrDefault(number)) is { } order ? Now(order) : null;

    private List<OrderNow> Now(IEnumerable<SampleOrder> orders)
    {
        lock (gate)
            return [.. orders.Select(Now).OrderByDescending(order => order.Order.Placed)];
    }

    private OrderNow Now(SampleOrder order) => OrderNow.Of(order, byOrder.GetValueOrDefault(order.Number) ?? []);
}

/// <summary>What an action sees of the shop.</summary>
/// <param name="NextNumber">The number that a new order gets.</param>
/// <param name="Offset">Virtual time since the epoch.</param>
internal sealed record ShopDesk(Func<long, OrderNow?> Find, int NextNumber, TimeSpan Offset, DateTimeOffset Epoch);

/// <summary>The shop on the disk, as it was written before there was a log.</summary>
internal sealed record ShopState(IReadOnlyList<Deed> Deeds, int NextNumber);

/// <summary>Something that was done, with the answer that was given for it.</summary>
internal sealed record Deed
{
    /// <summary><c>cancel</c>, <c>refund</c> or <c>reship</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The number of the order that it was done to.</summary>
    public required string Order { get; init; }

    /// <summary>Offset from the epoch.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>Of a refund.</summary>
    public decimal Amount { get; init; }

    public string? Reason { get; init; }

    /// <summary>The new order of a reship.</summary>
    public SampleOrder? Reship { get; init; }

    public string? Key { get; init; }
    public string Path { get; init; } = "";
    public int Status { get; init; }
    public string Answer { get; init; } = "";
}

/// <summary>What the shop says to a request; with the deed when something was done.</summary>
internal sealed record ShopAnswer(int Status, JsonObject Body, Deed? Deed)
{
    /// <summary>422 in Shopify's form.</summary>
    public static ShopAnswer Refused(string because) =>
        new(StatusCodes.Status422UnprocessableEntity, new JsonObject { ["errors"] = new JsonObject { ["base"] = new JsonArray(because) } }, null);

    /// <summary>404 in Shopify's form.</summary>
    public static ShopAnswer NotFound { get; } = new(StatusCodes.Status404NotFound, new JsonObject { ["errors"] = "Not Found" }, null);
}
