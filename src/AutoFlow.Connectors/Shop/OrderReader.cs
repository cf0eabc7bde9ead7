using System.Globalization;
using AutoFlow.Support;
using AutoFlow.Support.Orders;

namespace AutoFlow.Connectors.Shop;

/// <summary>Makes an <see cref="Order"/> of Shopify's; pure.</summary>
internal static class OrderReader
{
    /// <summary>The order; null when it lacks what an order cannot be without (id, name, currency, total).</summary>
    public static Order? Read(OrderDto? dto)
    {
        if (dto is not { Id: > 0, Name: { Length: > 0 } name, Currency: { Length: 3 } currency } || Amount(dto.TotalPrice) is not { } total)
            return null;
        var address = dto.ShippingAddress;
        var customer = $"{dto.Customer?.FirstName} {dto.Customer?.LastName}".Trim();
        return new Order
        {
            Id = dto.Id.ToString(CultureInfo.InvariantCulture),
            Number = name.TrimStart('#'),
            CustomerEmail = dto.Email ?? "",
            CustomerName = customer.Length > 0 ? customer : address?.Name,
            PlacedAt = dto.CreatedAt.ToUniversalTime(),
            Total = new Money(total, currency),
            Refunded = new Money(Refunded(dto, currency), currency),
            Financial = Financial(dto.FinancialStatus),
            Fulfillment = Fulfillment(dto.FulfillmentStatus),
            CancelledAt = dto.CancelledAt?.ToUniversalTime(),
            Items = [.. (dto.LineItems ?? []).OfType<LineDto>().Select(line => Item(line, currency))],
            Parcels = [.. (dto.Fulfillments ?? []).OfType<FulfillmentDto>().Where(sent => sent.Status is not ("cancelled" or "failure" or "error")).SelectMany(Parcels)],
            ShippingAddress = new PostalAddress
            {
                Name = address?.Name,
                Line1 = address?.Address1 ?? "",
                Line2 = string.IsNullOrWhiteSpace(address?.Address2) ? null : address.Address2,
                PostalCode = address?.Zip ?? "",
                City = address?.City ?? "",
                Country = address?.CountryCode ?? "",
            },
        };
    }

    /// <summary>A refund's sum in its own currency; null when it holds no successful transaction.</summary>
    public static Money? Sum(RefundDto refund)
    {
        var paid = Paid(refund).ToList();
        return paid is [{ Currency: { } currency }, ..] ? new Money(paid.Sum(one => Amount(one.Amount) ?? 0), currency) : null;
    }

    private static IEnumerable<TransactionDto> Paid(RefundDto refund) =>
        (refund.Transactions ?? []).OfType<TransactionDto>().Where(one => one is { Kind: "refund", Status: "success" or "pending" });

    private static decimal Refunded(OrderDto dto, string currency) =>
        (dto.Refunds ?? []).OfType<RefundDto>().SelectMany(Paid).Where(one => one.Currency == currency).Sum(one => Amount(one.Amount) ?? 0);

    private static OrderItem Item(LineDto line, string currency) => new()
    {
        Id = line.Id?.ToString(CultureInfo.InvariantCulture) ?? "",
        Sku = line.Sku ?? "",
        Title = line.Title ?? "",
        Quantity = line.Quantity,
        Price = new Money(Amount(line.Price) ?? 0, currency),
    };

    private static IEnumerable<OrderParcel> Parcels(FulfillmentDto sent) => (sent.TrackingNumbers ?? [])
        .Select((number, i) => (Number: number, Url: sent.TrackingUrls is { } urls && i < urls.Count ? urls[i] : null))
        .Where(parcel => !string.IsNullOrWhiteSpace(parcel.Number))
        .Select(parcel => new OrderParcel
        {
            TrackingNumber = parcel.Number!,
            Carrier = sent.TrackingCompany,
            TrackingUrl = parcel.Url,
            ShippedAt = sent.CreatedAt.ToUniversalTime(),
            ItemIds = [.. (sent.LineItems ?? []).Select(line => line?.Id?.ToString(CultureInfo.InvariantCulture)).OfType<string>()],
        });

    // An unknown word counts as not paid: nothing is paid back by mistake.
    private static FinancialStatus Financial(string? word) => word switch
    {
        "authorized" => FinancialStatus.Authorized,
        "paid" => FinancialStatus.Paid,
        "partially_refunded" => FinancialStatus.PartiallyRefunded,
        "refunded" => FinancialStatus.Refunded,
        "voided" => FinancialStatus.Voided,
        _ => FinancialStatus.Pending,
    };

    // Null and "restocked" mean that nothing is on its way; an unknown word counts as sent in part, so that nothing is cancelled by mistake.
    private static FulfillmentStatus Fulfillment(string? word) => word switch
    {
        null or "" or "unfulfilled" or "restocked" => FulfillmentStatus.Unfulfilled,
        "fulfilled" => FulfillmentStatus.Fulfilled,
        _ => FulfillmentStatus.Partial,
    };

    private static decimal? Amount(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : null;
}
