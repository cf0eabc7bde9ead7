using AutoFlow.Support;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>Orders and parcels to test with.</summary>
internal static class Sample
{
    public const string Customer = "ida@example.org";
    public const string Conversation = "c-1";
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A paid German order with the parcels named, placed ten days ago.</summary>
    public static Order Order(string number = "1001", decimal total = 80m, string customer = Customer, params string[] parcels) => new()
    {
        Id = $"id-{number}",
        Number = number,
        CustomerEmail = customer,
        CustomerName = "Ida Berg",
        PlacedAt = Start.AddDays(-10),
        Total = Eur(total),
        Refunded = Eur(0),
        Financial = FinancialStatus.Paid,
        Fulfillment = parcels.Length > 0 ? FulfillmentStatus.Fulfilled : FulfillmentStatus.Unfulfilled,
        Items = [new OrderItem { Id = $"i-{number}", Sku = "TENT-2", Title = "Two-person tent", Quantity = 1, Price = Eur(total) }],
        Parcels = [.. parcels.Select(parcel => new OrderParcel { TrackingNumber = parcel, Carrier = "DHL", ShippedAt = Start.AddDays(-8) })],
        ShippingAddress = new PostalAddress { Name = "Ida Berg", Line1 = "Ahornweg 3", PostalCode = "20095", City = "Hamburg", Country = "DE" },
    };

    public static Shipment Shipment(string number, ShipmentStatus status, string subStatus, double daysAgo = 1) => new()
    {
        TrackingNumber = number,
        Carrier = "DHL",
        Status = status,
        SubStatus = subStatus,
        LastEventAt = Start.AddDays(-daysAgo),
        TrackingUrl = $"https://track.example/{number}",
        Events = [new ShipmentEvent(Start.AddDays(-daysAgo), "Scanned", "Hamburg", subStatus)],
    };

    /// <summary>A reply that waits to be sent.</summary>
    public static OutboxEntry Reply() => new()
    {
        Key = "where-is-my-order~m-1:/do/9#1",
        State = OutboxState.Pending,
        ConversationId = Conversation,
        InstanceId = "where-is-my-order~m-1",
        Channel = "mail",
        To = Customer,
        Subject = "Re: My order",
        Text = "Hello",
        Language = "en",
        CreatedAt = Start,
    };

    public static Money Eur(decimal amount) => new(amount, "EUR");
}
