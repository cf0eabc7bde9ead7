using System.Text.Json.Serialization;

namespace AutoFlow.Support.Orders;

/// <summary>Payment state of an order; Shopify's <c>financial_status</c> words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FinancialStatus>))]
public enum FinancialStatus { Pending, Authorized, Paid, PartiallyRefunded, Refunded, Voided }

/// <summary>How much of an order has left the warehouse; Shopify's <c>fulfillment_status</c> (null there is Unfulfilled).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FulfillmentStatus>))]
public enum FulfillmentStatus { Unfulfilled, Partial, Fulfilled }

/// <summary>A line of an order.</summary>
public sealed record OrderItem
{
    public required string Id { get; init; }
    public required string Sku { get; init; }
    public required string Title { get; init; }
    public required int Quantity { get; init; }

    /// <summary>Price of one piece.</summary>
    public required Money Price { get; init; }
}

/// <summary>A parcel of an order, as the shop knows it.</summary>
public sealed record OrderParcel
{
    public required string TrackingNumber { get; init; }

    /// <summary>The carrier's name as the shop writes it; null when unknown.</summary>
    public string? Carrier { get; init; }

    public string? TrackingUrl { get; init; }

    /// <summary>When it was handed over, UTC.</summary>
    public required DateTimeOffset ShippedAt { get; init; }

    /// <summary>Ids of the lines in it; empty when the shop does not say.</summary>
    public IReadOnlyList<string> ItemIds { get; init; } = [];
}

/// <summary>Where an order goes.</summary>
public sealed record PostalAddress
{
    public string? Name { get; init; }
    public required string Line1 { get; init; }
    public string? Line2 { get; init; }
    public required string PostalCode { get; init; }
    public required string City { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public required string Country { get; init; }

    public override string ToString() => string.Join(", ", new[] { Name, Line1, Line2, $"{PostalCode} {City}", Country }.Where(part => !string.IsNullOrWhiteSpace(part)));
}

/// <summary>An order of the shop.</summary>
public sealed record Order
{
    /// <summary>The shop's internal id.</summary>
    public required string Id { get; init; }

    /// <summary>What the customer sees, without <c>#</c>.</summary>
    public required string Number { get; init; }

    public required string CustomerEmail { get; init; }
    public string? CustomerName { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    public required Money Total { get; init; }

    /// <summary>What has been paid back so far.</summary>
    public required Money Refunded { get; init; }

    public required FinancialStatus Financial { get; init; }
    public required FulfillmentStatus Fulfillment { get; init; }

    /// <summary>UTC; null while not cancelled.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    public required IReadOnlyList<OrderItem> Items { get; init; }
    public required IReadOnlyList<OrderParcel> Parcels { get; init; }
    public required PostalAddress ShippingAddress { get; init; }
}
