namespace AutoFlow.Support.Orders;

/// <summary>The shop system. Every call that changes something takes an idempotency key and is safe to repeat with it.</summary>
public interface IShop
{
    /// <summary>The order with that number; a null value when there is none.</summary>
    Task<Result<Found<Order>>> FindByNumberAsync(string orderNumber, CancellationToken ct);

    /// <summary>The customer's orders, newest first, at most <paramref name="limit"/>.</summary>
    Task<Result<IReadOnlyList<Order>>> FindByCustomerAsync(string email, int limit, CancellationToken ct);

    /// <summary>Cancels an order that has not shipped, restocking it. Fails with code <c>already-shipped</c> or <c>already-cancelled</c>.</summary>
    Task<Result<Order>> CancelAsync(string orderId, string reason, string idempotencyKey, CancellationToken ct);

    /// <summary>Pays money back. Only the ledger's step calls it. Fails with code <c>over-refund</c> when more than was paid is asked.</summary>
    Task<Result<ShopRefund>> RefundAsync(string orderId, Money amount, string reason, string idempotencyKey, CancellationToken ct);

    /// <summary>Sends items again in a new order of value zero; <paramref name="itemIds"/> empty means all.</summary>
    Task<Result<Order>> ReshipAsync(string orderId, IReadOnlyList<string> itemIds, string idempotencyKey, CancellationToken ct);
}

/// <summary>Zero or one.</summary>
public sealed record Found<T>(T? Item) where T : class;

/// <summary>A refund as the shop recorded it.</summary>
public sealed record ShopRefund(string Id, string OrderId, Money Amount, DateTimeOffset CreatedAt);
