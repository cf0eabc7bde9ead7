using AutoFlow.Support;
using AutoFlow.Support.Orders;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>A shop that keeps what it did by idempotency key.</summary>
internal sealed class FakeShop(Gate gate, FakeTime time) : IShop
{
    private readonly Dictionary<string, ShopRefund> _refunds = [];
    private readonly Dictionary<string, Order> _reships = [];
    private readonly HashSet<string> _cancelKeys = [];

    public List<Order> Orders { get; } = [];

    public IReadOnlyDictionary<string, ShopRefund> Refunds => _refunds;

    public IReadOnlyDictionary<string, Order> Reships => _reships;

    /// <summary>A failure for a call, by the method's name; null lets it pass.</summary>
    public Func<string, Failure?> Fails { get; set; } = _ => null;

    public async Task<Result<Found<Order>>> FindByNumberAsync(string orderNumber, CancellationToken ct)
    {
        await gate.PassAsync("shop.find");
        return Fails("find") is { } failure ? failure : new Found<Order>(Orders.Find(order => order.Number == orderNumber));
    }

    public async Task<Result<IReadOnlyList<Order>>> FindByCustomerAsync(string email, int limit, CancellationToken ct)
    {
        await gate.PassAsync("shop.list");
        if (Fails("list") is { } failure) return failure;
        return Orders.FindAll(order => string.Equals(order.CustomerEmail, email, StringComparison.OrdinalIgnoreCase)).Take(limit).ToList();
    }

    public async Task<Result<Order>> CancelAsync(string orderId, string reason, string idempotencyKey, CancellationToken ct)
    {
        await gate.PassAsync("shop.cancel");
        if (Fails("cancel") is { } failure) return failure;
        var index = Orders.FindIndex(order => order.Id == orderId);
        if (_cancelKeys.Add(idempotencyKey)) Orders[index] = Orders[index] with { CancelledAt = time.Now };
        return Orders[index];
    }

    public async Task<Result<ShopRefund>> RefundAsync(string orderId, Money amount, string reason, string idempotencyKey, CancellationToken ct)
    {
        await gate.PassAsync("shop.refund");
        if (Fails("refund") is { } failure) return failure;
        if (!_refunds.TryGetValue(idempotencyKey, out var refund))
            _refunds[idempotencyKey] = refund = new ShopRefund($"r-{_refunds.Count + 1}", orderId, amount, time.Now);
        return refund;
    }

    public async Task<Result<Order>> ReshipAsync(string orderId, IReadOnlyList<string> itemIds, string idempotencyKey, CancellationToken ct)
    {
        await gate.PassAsync("shop.reship");
        if (Fails("reship") is { } failure) return failure;
        if (!_reships.TryGetValue(idempotencyKey, out var again))
        {
            var order = Orders.Find(one => one.Id == orderId)!;
            _reships[idempotencyKey] = again = order with { Id = $"{orderId}-again", Number = $"{order.Number}-R" };
        }

        return again;
    }
}
