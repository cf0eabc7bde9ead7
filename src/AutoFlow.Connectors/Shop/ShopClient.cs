using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AutoFlow.Support;
using AutoFlow.Support.Orders;

namespace AutoFlow.Connectors.Shop;

/// <summary>
/// A shop that speaks in the shape of Shopify's Admin REST API and honours <c>Idempotency-Key</c>. Beside the port's codes:
/// <c>shop-unavailable</c>, <c>shop-rate-limited</c> and <c>shop-bad-answer</c> are transient; <c>shop-unauthorized</c>,
/// <c>shop-refused</c>, <c>order-not-found</c> and <c>unknown-item</c> are not.
/// </summary>
/// <param name="http">Its base address ends with the API's version and a slash; it sends the token.</param>
public sealed class ShopClient(HttpClient http) : IShop
{
    private const int MostPerPage = 250;

    private readonly OutsideCall outside = new(http, "shop");

    /// <inheritdoc/>
    public async Task<Result<Found<Order>>> FindByNumberAsync(string orderNumber, CancellationToken ct)
    {
        var number = orderNumber.Trim().TrimStart('#');
        if (number.Length == 0)
            return new Found<Order>(null);
        var found = await ListAsync($"orders.json?status=any&limit=50&name={Uri.EscapeDataString("#" + number)}", ct);
        return found.Failure is { } failure
            ? failure
            : new Found<Order>(found.Value!.FirstOrDefault(order => string.Equals(order.Number, number, StringComparison.OrdinalIgnoreCase)));
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<Order>>> FindByCustomerAsync(string email, int limit, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(email) || limit <= 0)
            return Result(Array.Empty<Order>());
        var found = await ListAsync($"orders.json?status=any&limit={Math.Min(limit, MostPerPage)}&email={Uri.EscapeDataString(email.Trim())}", ct);
        if (found.Failure is { } failure)
            return failure;
        // Whatever the shop's filter lets through, nobody sees somebody else's order.
        return Result([.. found.Value!.Where(order => string.Equals(order.CustomerEmail, email.Trim(), StringComparison.OrdinalIgnoreCase)).OrderByDescending(order => order.PlacedAt).Take(limit)]);
    }

    /// <inheritdoc/>
    public async Task<Result<Order>> CancelAsync(string orderId, string reason, string idempotencyKey, CancellationToken ct)
    {
        if (Id(orderId) is not { } id)
            return NotFound;
        var done = await PostAsync($"orders/{id}/cancel.json", new CancelRequest("customer", Restock: true, reason), ShopJson.Default.CancelRequest, ShopJson.Default.OrderEnvelope, idempotencyKey, ct);
        if (done.Failure is { Code: "shop-refused" } refused)
            return await WhyNotCancelledAsync(id, refused, ct);
        return done.Failure is { } failure ? failure : Read(done.Value!.Order);
    }

    /// <inheritdoc/>
    public async Task<Result<ShopRefund>> RefundAsync(string orderId, Money amount, string reason, string idempotencyKey, CancellationToken ct)
    {
        if (Id(orderId) is not { } id)
            return NotFound;
        var transaction = new TransactionDto("refund", null, amount.Amount.ToString("0.00##", CultureInfo.InvariantCulture), amount.Currency);
        var request = new RefundRequest(new NewRefund(amount.Currency, Notify: false, reason, [transaction]));
        var done = await PostAsync($"orders/{id}/refunds.json", request, ShopJson.Default.RefundRequest, ShopJson.Default.RefundEnvelope, idempotencyKey, ct);
        if (done.Failure is { Code: "shop-refused" } refused)
            return await WhyNotRefundedAsync(id, amount, refused, ct);
        if (done.Failure is { } failure)
            return failure;
        return done.Value!.Refund is { Id: > 0 } made && OrderReader.Sum(made) is { } sum
            ? new ShopRefund(made.Id.ToString(CultureInfo.InvariantCulture), orderId, sum, made.CreatedAt.ToUniversalTime())
            : BadAnswer;
    }

    /// <inheritdoc/>
    public async Task<Result<Order>> ReshipAsync(string orderId, IReadOnlyList<string> itemIds, string idempotencyKey, CancellationToken ct)
    {
        if (Id(orderId) is not { } id)
            return NotFound;
        var read = await OneAsync(id, ct);
        if (read.Failure is { } unread)
            return unread;
        var order = read.Value!;
        var lines = (order.LineItems ?? []).OfType<LineDto>().ToList();
        var wanted = itemIds.Count == 0 ? lines : lines.Where(line => line.Id is { } lineId && itemIds.Contains(lineId.ToString(CultureInfo.InvariantCulture))).ToList();
        if (wanted.Count == 0 || (itemIds.Count > 0 && wanted.Count != itemIds.Distinct().Count()))
            return new Failure("unknown-item", "The order has no such item.");
        var request = new NewOrderRequest(new NewOrder(
            order.Email,
            [.. wanted.Select(line => new LineDto(null, line.Sku, line.Title, line.Quantity, "0.00"))],
            order.ShippingAddress,
            $"reship-of:{order.Name?.TrimStart('#')}",
            SendReceipt: false,
            InventoryBehaviour: "decrement_obeying_policy"));
        var done = await PostAsync("orders.json", request, ShopJson.Default.NewOrderRequest, ShopJson.Default.OrderEnvelope, idempotencyKey, ct);
        return done.Failure is { } failure ? failure : Read(done.Value!.Order);
    }

    private static Failure NotFound { get; } = new("order-not-found", "The shop has no such order.");

    private static Failure BadAnswer { get; } = new("shop-bad-answer", "The shop service sent an answer that lacks what it promises.", IsTransient: true);

    private async Task<Result<Order>> WhyNotCancelledAsync(long id, Failure refused, CancellationToken ct)
    {
        var read = await OneAsync(id, ct);
        return read switch
        {
            { Failure: { } failure } => failure,
            { Value.CancelledAt: not null } => new Failure("already-cancelled", "The order was cancelled before."),
            { Value: { } order } when OrderReader.Read(order)?.Fulfillment is not FulfillmentStatus.Unfulfilled => new Failure("already-shipped", "The order has left the warehouse, wholly or in part."),
            _ => refused,
        };
    }

    private async Task<Result<ShopRefund>> WhyNotRefundedAsync(long id, Money amount, Failure refused, CancellationToken ct)
    {
        var read = await OneAsync(id, ct);
        if (read.Failure is { } failure)
            return failure;
        return OrderReader.Read(read.Value) is { } order && (order.Total.Currency != amount.Currency || amount.Amount > order.Total.Amount - order.Refunded.Amount || order.Financial == FinancialStatus.Pending)
            ? new Failure("over-refund", "More was asked than was paid and is not yet paid back.")
            : refused;
    }

    private async Task<Result<OrderDto>> OneAsync(long id, CancellationToken ct)
    {
        var read = await outside.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, $"orders/{id}.json"),
            (status, body, inner) => ReadAsync(status, body, ShopJson.Default.OrderEnvelope, inner),
            ct);
        return read switch
        {
            { Failure: { } failure } => failure,
            { Value.Order: { } order } => order,
            _ => BadAnswer,
        };
    }

    private async Task<Result<IReadOnlyList<Order>>> ListAsync(string path, CancellationToken ct)
    {
        var read = await outside.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, path),
            (status, body, inner) => ReadAsync(status, body, ShopJson.Default.OrdersEnvelope, inner),
            ct);
        return read switch
        {
            { Failure: { } failure } => failure,
            { Value.Orders: { } orders } => Result([.. orders.Select(OrderReader.Read).OfType<Order>()]),
            _ => BadAnswer,
        };
    }

    private Task<Result<TAnswer>> PostAsync<TRequest, TAnswer>(string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, string key, CancellationToken ct) =>
        outside.SendAsync(
            () =>
            {
                var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(request, requestType) };
                message.Headers.Add("Idempotency-Key", BaseAddress.IsHeader(key) ? key : Uri.EscapeDataString(key));
                return message;
            },
            (status, body, inner) => ReadAsync(status, body, answerType, inner),
            ct);

    private static async Task<Result<T>> ReadAsync<T>(HttpStatusCode status, Stream body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        if (status == HttpStatusCode.NotFound)
            return NotFound;
        if ((int)status is < 200 or > 299)
            return new Failure("shop-refused", $"The shop service answered {(int)status}.");
        return await JsonSerializer.DeserializeAsync(body, type, ct) is { } value ? value : BadAnswer;
    }

    private static Result<Order> Read(OrderDto? dto) => OrderReader.Read(dto) is { } order ? order : BadAnswer;

    private static Result<IReadOnlyList<Order>> Result(Order[] orders) => Lift<IReadOnlyList<Order>>(orders);

    // An interface cannot be the source of the implicit conversion, so the type is named once here.
    private static Result<T> Lift<T>(T value) => value;

    private static long? Id(string orderId) => long.TryParse(orderId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
