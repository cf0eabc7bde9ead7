using System.Globalization;
using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Data;

namespace AutoFlow.SampleShop.Orders;

/// <summary>What can be done to an order, as pure functions of the shop and the request's body.</summary>
internal static class ShopActions
{
    /// <summary>Shopify refuses to cancel what has been fulfilled, wholly or in part.</summary>
    public static ShopAnswer Cancel(ShopDesk desk, OrderJson json, long id, JsonObject body)
    {
        if (desk.Find(id) is not { } now)
            return ShopAnswer.NotFound;
        if (now.Cancelled is not null)
            return ShopAnswer.Refused("Order has already been cancelled");
        if (now.Order.FulfillmentStatus != "unfulfilled")
            return ShopAnswer.Refused("Cannot cancel a paid and fulfilled order");
        var deed = new Deed { Kind = "cancel", Order = now.Order.Number, At = desk.Offset, Reason = Text(body["reason"]) };
        return new ShopAnswer(StatusCodes.Status200OK, new JsonObject { ["order"] = json.Write(now with { Cancelled = desk.Offset }) }, deed);
    }

    /// <summary>Never more than was paid and is not yet paid back, only in the order's currency.</summary>
    public static ShopAnswer Refund(ShopDesk desk, OrderJson json, long id, JsonObject body)
    {
        if (desk.Find(id) is not { } now)
            return ShopAnswer.NotFound;
        var refund = body["refund"] as JsonObject;
        var transaction = (refund?["transactions"] as JsonArray)?.FirstOrDefault() as JsonObject;
        if (!decimal.TryParse(Text(transaction?["amount"]), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount <= 0)
            return ShopAnswer.Refused("Refund transactions need an amount");
        if (Text(refund?["currency"]) is { } currency && currency != now.Order.Currency)
            return ShopAnswer.Refused("Refund currency must be the order's currency");
        if (amount > now.Refundable)
            return ShopAnswer.Refused("Refund amount exceeds the amount that is available");
        var deed = new Deed { Kind = "refund", Order = now.Order.Number, At = desk.Offset, Amount = amount, Reason = Text(refund?["note"]) };
        var made = json.Refund(now.Order, new SampleRefund(desk.Offset, amount, deed.Reason ?? ""), now.Refunds.Count);
        return new ShopAnswer(StatusCodes.Status201Created, new JsonObject { ["refund"] = made }, deed);
    }

    /// <summary>A new order; the sample takes only those of value zero that say <c>reship-of:NUMBER</c> in their tags.</summary>
    public static ShopAnswer Create(ShopDesk desk, OrderJson json, SampleData data, JsonObject body)
    {
        var order = body["order"] as JsonObject;
        var tags = Text(order?["tags"]) ?? "";
        var number = tags.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(tag => tag.StartsWith("reship-of:", StringComparison.Ordinal))?["reship-of:".Length..];
        if (number is null || data.FindOrder(number) is not { } first)
            return ShopAnswer.Refused("Order needs the tag reship-of with the number of an order");
        var items = (order?["line_items"] as JsonArray)?.OfType<JsonObject>().Select(Item).ToList() ?? [];
        if (items.Count == 0 || items.Any(item => item is null || item.Price != 0 || item.Quantity < 1))
            return ShopAnswer.Refused("Line items of a reshipment need a sku, a quantity and the price 0.00");
        var made = first with
        {
            Number = desk.NextNumber.ToString(CultureInfo.InvariantCulture),
            Placed = desk.Offset,
            Shipping = 0,
            Total = 0,
            FinancialStatus = "paid",
            FulfillmentStatus = "unfulfilled",
            Cancelled = null,
            Items = [.. items.OfType<SampleOrderItem>()],
            Parcels = [],
            Refunds = [],
            Tags = tags,
            Note = "Reshipment.",
        };
        return new ShopAnswer(
            StatusCodes.Status201Created,
            new JsonObject { ["order"] = json.Write(OrderNow.Of(made, [])) },
            new Deed { Kind = "reship", Order = first.Number, At = desk.Offset, Reship = made });
    }

    private static SampleOrderItem? Item(JsonObject line) =>
        Text(line["sku"]) is { Length: > 0 } sku
        && line["quantity"] is JsonValue value && value.TryGetValue<int>(out var quantity)
        && decimal.TryParse(Text(line["price"]), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            ? new SampleOrderItem(sku, Text(line["title"]) ?? sku, quantity, price)
            : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
