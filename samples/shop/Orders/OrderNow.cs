using AutoFlow.SampleShop.Data;

namespace AutoFlow.SampleShop.Orders;

/// <summary>An order with everything that was done to it.</summary>
/// <param name="Cancelled">Offset from the epoch; null while not cancelled.</param>
internal sealed record OrderNow(SampleOrder Order, TimeSpan? Cancelled, IReadOnlyList<SampleRefund> Refunds)
{
    public decimal Refunded => Refunds.Sum(refund => refund.Amount);

    /// <summary>What was paid and not paid back; nothing before the payment.</summary>
    public decimal Refundable => Order.FinancialStatus == "pending" ? 0 : Order.Total - Refunded;

    /// <summary>Shopify's <c>financial_status</c>.</summary>
    public string FinancialStatus => Refunded switch
    {
        0 => Order.FinancialStatus,
        var part when part < Order.Total => "partially_refunded",
        _ => "refunded",
    };

    public static OrderNow Of(SampleOrder order, IEnumerable<Deed> deeds)
    {
        var done = deeds.ToList();
        return new OrderNow(
            order,
            order.Cancelled ?? done.FirstOrDefault(deed => deed.Kind == "cancel")?.At,
            [.. order.Refunds, .. done.Where(deed => deed.Kind == "refund").Select(deed => new SampleRefund(deed.At, deed.Amount, deed.Reason ?? ""))]);
    }
}
