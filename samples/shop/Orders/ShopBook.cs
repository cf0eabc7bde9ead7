using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Clock;
using AutoFlow.SampleShop.Data;
using AutoFlow.SampleShop.State;

namespace AutoFlow.SampleShop.Orders;

/// <summary>The orders as they are now: the sample's own and everything that was done to them, which is kept with the answers given.</summary>
internal sealed class ShopBook(StateFile<ShopState> file, SampleData data, ShopClock clock)
{
    private readonly Lock gate = new();
    private ShopState state = file.Load() ?? new ShopState([], 2001);

    /// <summary>Everything that was done, oldest first.</summary>
    public IReadOnlyList<Deed> Deeds
    {
        get
        {
            lock (gate)
                return state.Deeds;
        }
    }

    /// <summary>All orders, newest first.</summary>
    public IReadOnlyList<OrderNow> All()
    {
        lock (gate)
            return [.. Orders(state).Select(order => Now(state, order)).OrderByDescending(order => order.Order.Placed)];
    }

    /// <summary>Null when there is no such order.</summary>
    public OrderNow? Find(long id) => All().FirstOrDefault(order => order.Order.Id == id);

    /// <summary>
    /// Does it once per key: a repeated key on the same path gets the first answer, on another path a 422. What is not done
    /// (a refusal) is not remembered, so it may be tried again.
    /// </summary>
    /// <param name="key">Null does it every time.</param>
    public ShopAnswer Do(string path, string? key, Func<ShopDesk, ShopAnswer> act)
    {
        lock (gate)
        {
            if (key is not null && state.Deeds.FirstOrDefault(deed => deed.Key == key) is { } before)
            {
                return before.Path == path
                    ? new ShopAnswer(before.Status, JsonNode.Parse(before.Answer)!.AsObject(), null)
                    : ShopAnswer.Refused("The Idempotency-Key was used for another request.");
            }

            var desk = new ShopDesk(id => Orders(state).FirstOrDefault(order => order.Id == id) is { } order ? Now(state, order) : null, state.NextNumber, clock.GetUtcNow() - clock.Epoch, clock.Epoch);
            var answer = act(desk);
            if (answer.Deed is { } deed)
            {
                var next = new ShopState([.. state.Deeds, deed with { Key = key, Path = path, Status = answer.Status, Answer = answer.Body.ToJsonString() }], state.NextNumber + (deed.Reship is null ? 0 : 1));
                file.Save(next);
                state = next;
            }

            return answer;
        }
    }

    private IEnumerable<SampleOrder> Orders(ShopState at) => data.Orders.Concat(at.Deeds.Select(deed => deed.Reship).OfType<SampleOrder>());

    private static OrderNow Now(ShopState at, SampleOrder order) => OrderNow.Of(order, at.Deeds.Where(deed => deed.Order == order.Number));
}

/// <summary>What an action sees of the shop.</summary>
/// <param name="NextNumber">The number that a new order gets.</param>
/// <param name="Offset">Virtual time since the epoch.</param>
internal sealed record ShopDesk(Func<long, OrderNow?> Find, int NextNumber, TimeSpan Offset, DateTimeOffset Epoch);

/// <summary>The shop on the disk.</summary>
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
