using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Data;

namespace AutoFlow.SampleShop.Orders;

/// <summary>The part of Shopify's Admin REST API that the sample speaks: read, cancel, refund and create orders.</summary>
internal static class ShopEndpoints
{
    private const int MostPerPage = 250;

    public static void MapShop(this IEndpointRouteBuilder routes, ShopBook book, SampleData data, OrderJson json, string token, Faults faults)
    {
        var api = routes.MapGroup("/admin/api/2025-07");
        api.MapGet("/orders.json", http => ServeAsync(http, token, faults, NumberOf(http.Request.Query["name"]), () => List(http, book, json)));
        api.MapGet("/orders/{id:long}.json", http => ServeAsync(http, token, faults, NumberOf(http), () => One(http, book, json)));
        api.MapPost("/orders.json", http => DoAsync(http, book, token, faults, (desk, body) => ShopActions.Create(desk, json, data, body)));
        api.MapPost("/orders/{id:long}/cancel.json", http => DoAsync(http, book, token, faults, (desk, body) => ShopActions.Cancel(desk, json, Id(http), body)));
        api.MapPost("/orders/{id:long}/refunds.json", http => DoAsync(http, book, token, faults, (desk, body) => ShopActions.Refund(desk, json, Id(http), body)));
    }

    private static ShopAnswer List(HttpContext http, ShopBook book, OrderJson json)
    {
        var query = http.Request.Query;
        var (name, email) = (NumberOf(query["name"]), query["email"].ToString());
        var limit = int.TryParse(query["limit"], out var most) ? Math.Clamp(most, 1, MostPerPage) : 50;
        var any = query["status"] == "any";
        IReadOnlyList<OrderNow> asked = name.Length > 0 ? (book.Find(name) is { } one ? [one] : []) : email.Length > 0 ? book.Of(email) : book.All();
        var found = asked
            .Where(order => any || order.Cancelled is null)
            .Where(order => email.Length == 0 || string.Equals(order.Order.Email, email, StringComparison.OrdinalIgnoreCase))
            .Take(limit);
        return new ShopAnswer(StatusCodes.Status200OK, new JsonObject { ["orders"] = new JsonArray([.. found.Select(json.Write)]) }, null);
    }

    private static ShopAnswer One(HttpContext http, ShopBook book, OrderJson json) => book.Find(Id(http)) is { } order
        ? new ShopAnswer(StatusCodes.Status200OK, new JsonObject { ["order"] = json.Write(order) }, null)
        : ShopAnswer.NotFound;

    private static async Task DoAsync(HttpContext http, ShopBook book, string token, Faults faults, Func<ShopDesk, JsonObject, ShopAnswer> act)
    {
        var body = await ReadAsync(http);
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        await ServeAsync(http, token, faults, NumberOf(http), () => body is null
            ? Task.FromResult(new ShopAnswer(StatusCodes.Status400BadRequest, new JsonObject { ["errors"] = "Bad Request" }, null))
            : book.DoAsync(http.Request.Path, key.Length == 0 ? null : key, desk => act(desk, body)));
    }

    private static Task ServeAsync(HttpContext http, string token, Faults faults, string faultKey, Func<ShopAnswer> answer)
        => ServeAsync(http, token, faults, faultKey, () => Task.FromResult(answer()));

    private static async Task ServeAsync(HttpContext http, string token, Faults faults, string faultKey, Func<Task<ShopAnswer>> answer)
    {
        var fault = faults.Take(faultKey);
        if (http.Request.Headers["X-Shopify-Access-Token"] != token)
        {
            await WriteAsync(http, new ShopAnswer(StatusCodes.Status401Unauthorized, new JsonObject { ["errors"] = "[API] Invalid API key or access token (unrecognized login or wrong password)" }, null));
            return;
        }

        if (await Faults.PlayAsync(fault, http))
            return;
        var made = await answer();
        if (!await Faults.PlayAsync(fault == Fault.ServerErrorAfterwards ? Fault.ServerError : null, http))
            await WriteAsync(http, made);
    }

    private static async Task<JsonObject?> ReadAsync(HttpContext http)
    {
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task WriteAsync(HttpContext http, ShopAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        return http.Response.WriteAsJsonAsync(answer.Body, http.RequestAborted);
    }

    private static long Id(HttpContext http) => long.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id) ? id : 0;

    private static string NumberOf(Microsoft.Extensions.Primitives.StringValues name) => name.ToString().TrimStart('#');

    private static string NumberOf(HttpContext http) => Id(http) is > 0 and var id ? SampleOrder.NumberOf(id) : "";
}
