using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Support.Tests.Decisions;

/// <summary>Orders, parcels and policies to decide about; what matters for a test is set with <c>with</c>.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 5, 20, 12, 0, 0, TimeSpan.Zero);

    public static readonly DeliveryPolicy Delivery = new()
    {
        ShipsFrom = "DE",
        NoMovementAfter = new(TimeSpan.FromDays(5), TimeSpan.FromDays(7), TimeSpan.FromDays(10)),
        LostAfter = new(TimeSpan.FromDays(12), TimeSpan.FromDays(15), TimeSpan.FromDays(30)),
        ShipsWithin = TimeSpan.FromDays(3),
        NotScannedAfter = TimeSpan.FromDays(4),
        OverdueGrace = TimeSpan.FromDays(1),
        TraceAnswerWithin = TimeSpan.FromDays(5),
        AnswerWithin = TimeSpan.FromDays(7),
        RemindAfter = TimeSpan.FromDays(3),
        NeighbourCheckWithin = TimeSpan.FromDays(3),
        PickupReminderAfter = TimeSpan.FromDays(3),
        WatchFor = TimeSpan.FromDays(45),
        OpenOrderWithin = TimeSpan.FromDays(45),
    };

    public static readonly CompensationPolicy Compensation = new()
    {
        AutomaticRefund = Limits(("EUR", 150)),
        AutomaticReship = Limits(("EUR", 200)),
        ApprovalAbove = Limits(("EUR", 400)),
        PhotoAbove = Limits(("EUR", 20)),
        Prefer = new Dictionary<CompensationCause, LedgerKind>
        {
            [CompensationCause.Lost] = LedgerKind.Reship,
            [CompensationCause.Damaged] = LedgerKind.Refund,
            [CompensationCause.Missing] = LedgerKind.Reship,
        },
        OncePerOrder = true,
    };

    public static readonly CancellationPolicy Cancellation = new()
    {
        ApprovalAbove = Limits(("EUR", 500)),
        OfferReturnWhenShipped = true,
        ReturnWithin = TimeSpan.FromDays(30),
    };

    public static readonly OrderItem Bottle = new() { Id = "i1", Sku = "BOTTLE", Title = "Insulated bottle", Quantity = 1, Price = Euro(30) };
    public static readonly OrderItem Socks = new() { Id = "i2", Sku = "SOCKS", Title = "Hiking socks", Quantity = 2, Price = Euro(10) };

    public static readonly OrderParcel Parcel = new() { TrackingNumber = "CH454284108DE", Carrier = "DHL", ShippedAt = Now.AddDays(-8), ItemIds = ["i1", "i2"] };

    public static readonly Order Shipped = new()
    {
        Id = "900",
        Number = "1001",
        CustomerEmail = "kim@example.com",
        CustomerName = "Kim Example",
        PlacedAt = Now.AddDays(-9),
        Total = Euro(55),
        Refunded = Euro(0),
        Financial = FinancialStatus.Paid,
        Fulfillment = FulfillmentStatus.Fulfilled,
        Items = [Bottle, Socks],
        Parcels = [Parcel],
        ShippingAddress = new() { Name = "Kim Example", Line1 = "Weg 1", PostalCode = "04277", City = "Leipzig", Country = "DE" },
    };

    public static readonly Order Unshipped = Shipped with { Fulfillment = FulfillmentStatus.Unfulfilled, Parcels = [], PlacedAt = Now.AddHours(-5) };

    public static Money Euro(decimal amount) => new(amount, "EUR");

    public static MoneyLimits Limits(params (string Currency, decimal Amount)[] limits) => new(limits.ToDictionary(limit => limit.Currency, limit => limit.Amount));

    public static Shipment Shipment(string subStatus, TimeSpan? lastScanAgo = null) => new()
    {
        TrackingNumber = Parcel.TrackingNumber,
        Carrier = "DHL",
        Status = Enum.Parse<ShipmentStatus>(subStatus.Split('_')[0]),
        SubStatus = subStatus,
        LastEventAt = lastScanAgo is { } ago ? Now - ago : null,
        Events = lastScanAgo is { } time ? [new ShipmentEvent(Now - time, "Scanned", "Leipzig, DE", subStatus)] : [],
        TrackingUrl = "https://track.example/CH454284108DE",
    };

    public static LedgerEntry Given(LedgerKind kind, decimal amount, LedgerState state = LedgerState.Settled) => new()
    {
        Key = $"{kind}-{amount}",
        OrderNumber = Shipped.Number,
        Kind = kind,
        Amount = Euro(amount),
        State = state,
        InstanceId = "x",
        AllowedBy = "policy",
        CreatedAt = Now,
    };
}
