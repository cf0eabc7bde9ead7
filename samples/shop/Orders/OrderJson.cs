using System.Globalization;
using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Data;

namespace AutoFlow.SampleShop.Orders;

/// <summary>Writes an order in the shape of Shopify's Admin REST API (Order resource, version 2025-07).</summary>
internal sealed class OrderJson(SampleData data, DateTimeOffset epoch)
{
    public JsonObject Write(OrderNow now)
    {
        var order = now.Order;
        var address = order.Address;
        return new JsonObject
        {
            ["id"] = order.Id,
            ["admin_graphql_api_id"] = $"gid://shopify/Order/{order.Id}",
            ["name"] = "#" + order.Number,
            ["order_number"] = int.Parse(order.Number, CultureInfo.InvariantCulture),
            ["email"] = order.Email,
            ["contact_email"] = order.Email,
            ["created_at"] = Time(order.Placed),
            ["processed_at"] = Time(order.Placed),
            ["cancelled_at"] = now.Cancelled is { } cancelled ? Time(cancelled) : null,
            ["cancel_reason"] = now.Cancelled is null ? null : "customer",
            ["currency"] = order.Currency,
            ["total_price"] = Amount(order.Total),
            ["subtotal_price"] = Amount(order.Total - order.Shipping),
            ["financial_status"] = now.FinancialStatus,
            ["fulfillment_status"] = order.FulfillmentStatus == "unfulfilled" ? null : order.FulfillmentStatus,
            ["tags"] = order.Tags,
            ["note"] = null,
            ["customer"] = new JsonObject { ["email"] = order.Email, ["first_name"] = order.FirstName, ["last_name"] = order.LastName },
            ["shipping_address"] = new JsonObject
            {
                ["first_name"] = order.FirstName,
                ["last_name"] = order.LastName,
                ["name"] = address.Name,
                ["address1"] = address.Line1,
                ["address2"] = address.Line2,
                ["zip"] = address.PostalCode,
                ["city"] = address.City,
                ["country_code"] = address.Country,
            },
            ["line_items"] = new JsonArray([.. order.Items.Select((item, i) => Line(order, item, i))]),
            ["fulfillments"] = new JsonArray([.. order.Parcels.Select((parcel, i) => Fulfillment(order, parcel, i))]),
            ["refunds"] = new JsonArray([.. now.Refunds.Select((refund, i) => Refund(order, refund, i))]),
        };
    }

    /// <summary>Shopify's Refund resource.</summary>
    public JsonObject Refund(SampleOrder order, SampleRefund refund, int index) => new()
    {
        ["id"] = (order.Id * 100) + 50 + index,
        ["order_id"] = order.Id,
        ["created_at"] = Time(refund.At),
        ["note"] = refund.Reason,
        ["transactions"] = new JsonArray(new JsonObject
        {
            ["id"] = (order.Id * 100) + 70 + index,
            ["order_id"] = order.Id,
            ["kind"] = "refund",
            ["status"] = "success",
            ["amount"] = Amount(refund.Amount),
            ["currency"] = order.Currency,
            ["created_at"] = Time(refund.At),
        }),
    };

    private static JsonObject Line(SampleOrder order, SampleOrderItem item, int index) => new()
    {
        ["id"] = LineId(order, index),
        ["sku"] = item.Sku,
        ["title"] = item.Title,
        ["name"] = item.Title,
        ["quantity"] = item.Quantity,
        ["price"] = Amount(item.Price),
    };

    private JsonObject Fulfillment(SampleOrder order, SampleOrderParcel parcel, int index)
    {
        var url = data.FindParcel(parcel.TrackingNumber) is { } known
            ? data.FindCarrier(known.Carrier)?.TrackingUrl.Replace("{number}", parcel.TrackingNumber, StringComparison.Ordinal)
            : null;
        return new JsonObject
        {
            ["id"] = (order.Id * 100) + 30 + index,
            ["order_id"] = order.Id,
            ["status"] = "success",
            ["created_at"] = Time(parcel.Shipped),
            ["tracking_company"] = parcel.Carrier,
            ["tracking_number"] = parcel.TrackingNumber,
            ["tracking_numbers"] = new JsonArray(parcel.TrackingNumber),
            ["tracking_url"] = url,
            ["tracking_urls"] = url is null ? [] : new JsonArray(url),
            ["line_items"] = new JsonArray([.. order.Items.Select((item, i) => (item, i)).Where(line => parcel.Skus.Contains(line.item.Sku)).Select(line => Line(order, line.item, line.i))]),
        };
    }

    private static long LineId(SampleOrder order, int index) => (order.Id * 100) + index;

    private string Time(TimeSpan offset) => (epoch + offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Amount(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
