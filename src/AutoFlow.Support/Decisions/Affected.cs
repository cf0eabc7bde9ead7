using AutoFlow.Support.Orders;

namespace AutoFlow.Support.Decisions;

/// <summary>Which lines of an order a matter is about.</summary>
public static class Affected
{
    /// <summary>The lines in a parcel; all when the order has one parcel only and the shop does not say; null when it cannot be told.</summary>
    public static IReadOnlyList<OrderItem>? InParcel(Order order, OrderParcel parcel)
    {
        if (parcel.ItemIds.Count > 0) return [.. order.Items.Where(item => parcel.ItemIds.Contains(item.Id))];
        return order.Parcels.Count == 1 && order.Fulfillment == FulfillmentStatus.Fulfilled ? order.Items : null;
    }

    /// <summary>The lines that a text names by SKU or by title (case ignored); the only line when there is one; null when it cannot be told.</summary>
    public static IReadOnlyList<OrderItem>? Named(Order order, string visibleText)
    {
        if (order.Items.Count == 1) return order.Items;
        var named = order.Items.Where(item => Names(visibleText, item.Sku) || Names(visibleText, item.Title)).ToList();
        return named.Count > 0 ? named : null;
    }

    /// <summary>The price of all pieces of the lines.</summary>
    public static Money Value(IReadOnlyList<OrderItem> items, string currency) =>
        items.Aggregate(Money.Zero(currency), (sum, item) => sum + item.Price with { Amount = item.Price.Amount * item.Quantity });

    private static bool Names(string text, string word) => word.Length >= 3 && text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
