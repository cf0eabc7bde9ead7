using System.Text.Json.Serialization;

namespace AutoFlow.Connectors.Shop;

// The parts of Shopify's Admin REST API (Order, version 2025-07) that are read and written. What is read may be missing.

internal sealed record OrdersEnvelope(IReadOnlyList<OrderDto?>? Orders);

internal sealed record OrderEnvelope(OrderDto? Order);

internal sealed record OrderDto
{
    public long Id { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }
    public string? Currency { get; init; }
    public string? TotalPrice { get; init; }
    public string? FinancialStatus { get; init; }
    public string? FulfillmentStatus { get; init; }
    public string? Tags { get; init; }
    public CustomerDto? Customer { get; init; }
    public AddressDto? ShippingAddress { get; init; }
    public IReadOnlyList<LineDto?>? LineItems { get; init; }
    public IReadOnlyList<FulfillmentDto?>? Fulfillments { get; init; }
    public IReadOnlyList<RefundDto?>? Refunds { get; init; }
}

internal sealed record CustomerDto(string? FirstName, string? LastName);

internal sealed record AddressDto(
    string? Name,
    [property: JsonPropertyName("address1")] string? Address1,
    [property: JsonPropertyName("address2")] string? Address2,
    string? Zip,
    string? City,
    string? CountryCode);

internal sealed record LineDto(long? Id, string? Sku, string? Title, int Quantity, string? Price);

internal sealed record FulfillmentDto(
    DateTimeOffset CreatedAt,
    string? Status,
    string? TrackingCompany,
    IReadOnlyList<string?>? TrackingNumbers,
    IReadOnlyList<string?>? TrackingUrls,
    IReadOnlyList<LineDto?>? LineItems);

internal sealed record RefundDto(long Id, DateTimeOffset CreatedAt, IReadOnlyList<TransactionDto?>? Transactions);

internal sealed record TransactionDto(string? Kind, string? Status, string? Amount, string? Currency);

internal sealed record RefundEnvelope(RefundDto? Refund);

internal sealed record CancelRequest(string Reason, bool Restock, string Note);

internal sealed record RefundRequest(NewRefund Refund);

internal sealed record NewRefund(string Currency, bool Notify, string Note, IReadOnlyList<TransactionDto> Transactions);

internal sealed record NewOrderRequest(NewOrder Order);

internal sealed record NewOrder(string? Email, IReadOnlyList<LineDto> LineItems, AddressDto? ShippingAddress, string Tags, bool SendReceipt, string InventoryBehaviour);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrdersEnvelope))]
[JsonSerializable(typeof(OrderEnvelope))]
[JsonSerializable(typeof(RefundEnvelope))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(NewOrderRequest))]
internal sealed partial class ShopJson : JsonSerializerContext;
