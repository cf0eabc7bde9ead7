using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Data;

namespace AutoFlow.SampleShop.Carrier;

/// <summary>17TRACK's tracking API as far as the sample needs it: <c>/track/v2.2/{register,gettrackinfo,stoptrack,gettracklist}</c>, and the same under v2.4.</summary>
internal static class CarrierEndpoints
{
    /// <summary>17TRACK takes at most so many parcels in one call.</summary>
    private const int MostPerCall = 40;

    public static void MapCarrier(this IEndpointRouteBuilder routes, TrackedParcels parcels, SampleData data, string key, bool pushes, Faults faults)
    {
        foreach (var version in (string[])["v2.2", "v2.4"])
        {
            var api = routes.MapGroup("/track/" + version);
            api.MapPost("/register", http => ServeAsync(http, key, faults, parcels, item => Register(parcels, data, pushes, item)));
            api.MapPost("/gettrackinfo", http => ServeAsync(http, key, faults, parcels, item => GetTrackInfo(parcels, data, item)));
            api.MapPost("/stoptrack", http => ServeAsync(http, key, faults, parcels, item => StopTrack(parcels, item)));
            api.MapPost("/gettracklist", http => ListAsync(http, key, parcels));
        }
    }

    private static TrackAnswer Register(TrackedParcels parcels, SampleData data, bool pushes, TrackItem item)
    {
        if (item.Number.Length is < 5 or > 50 || !item.Number.All(char.IsAsciiLetterOrDigit) || !item.Number.Any(char.IsAsciiDigit))
            return Refused(-18010012, $"The format of '{item.Number}' is invalid.");
        if ((item.Carrier ?? data.FindParcel(item.Number)?.Carrier) is not { } carrier)
            return Refused(-18019903, "Carrier cannot be detected.");
        return parcels.Register(item.Number, carrier, pushes)
            ? new TrackAnswer(new JsonObject { ["origin"] = item.Carrier is null ? 2 : 1, ["number"] = item.Number, ["carrier"] = carrier }, null)
            : Refused(-18019901, $"The tracking number '{item.Number}' has been registered, don't need to repeat registration.");
    }

    private static TrackAnswer GetTrackInfo(TrackedParcels parcels, SampleData data, TrackItem item)
    {
        if (parcels.Find(item.Number) is not { } found)
            return Refused(-18019902, $"The tracking number '{item.Number}' does not register, please register first.");
        return data.FindParcel(item.Number) is null
            ? Refused(-18019909, "No tracking information at present.")
            : new TrackAnswer(parcels.Describe(found), null);
    }

    private static TrackAnswer StopTrack(TrackedParcels parcels, TrackItem item) => parcels.Stop(item.Number)
        ? new TrackAnswer(new JsonObject { ["number"] = item.Number, ["carrier"] = parcels.Find(item.Number)?.Carrier }, null)
        : Refused(-18019906, "Stop tracking is not allowed. You can only stop numbers that are being tracked.");

    private static TrackAnswer Refused(int code, string message) => new(null, new JsonObject { ["code"] = code, ["message"] = message });

    private static async Task ListAsync(HttpContext http, string key, TrackedParcels parcels)
    {
        if (!await AllowedAsync(http, key))
            return;
        var rows = parcels.Registrations.Select(one => (JsonNode)new JsonObject
        {
            ["number"] = one.Number,
            ["carrier"] = one.Carrier,
            ["register_time"] = one.RegisteredAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["tracking_status"] = one.Stopped ? "Stopped" : "Tracking",
        });
        await AnswerAsync(http, new JsonObject { ["accepted"] = new JsonArray([.. rows]) });
    }

    private static async Task ServeAsync(HttpContext http, string key, Faults faults, TrackedParcels parcels, Func<TrackItem, TrackAnswer> answer)
    {
        if (!await AllowedAsync(http, key))
            return;
        if (await ReadAsync(http) is not { Count: > 0 and <= MostPerCall } items)
        {
            await AnswerAsync(http, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = -18010013, ["message"] = "Submitted data is invalid." }) }, -18010013);
            return;
        }

        var fault = faults.Take(items.Select(item => item.Number));
        if (await Faults.PlayAsync(fault, http))
            return;
        var answers = items.Select(item => (item.Number, Answer: fault == Fault.DailyLimit ? Refused(-18019907, "Exceeded daily request limit.") : answer(item))).ToList();
        await parcels.WrittenAsync();
        if (await Faults.PlayAsync(fault == Fault.ServerErrorAfterwards ? Fault.ServerError : null, http))
            return;
        await AnswerAsync(http, new JsonObject
        {
            ["accepted"] = new JsonArray([.. answers.Where(one => one.Answer.Accepted is not null).Select(one => one.Answer.Accepted)]),
            ["rejected"] = new JsonArray([.. answers.Where(one => one.Answer.Error is not null).Select(one => new JsonObject { ["number"] = one.Number, ["error"] = one.Answer.Error })]),
        });
    }

    private static async Task<IReadOnlyList<TrackItem>?> ReadAsync(HttpContext http)
    {
        try
        {
            var items = await http.Request.ReadFromJsonAsync<List<TrackItem>>(SampleData.Json, http.RequestAborted);
            return items is null || items.Any(item => string.IsNullOrWhiteSpace(item?.Number)) ? null : items;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<bool> AllowedAsync(HttpContext http, string key)
    {
        if (http.Request.Headers["17token"] == key)
            return true;
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        await AnswerAsync(http, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = -18010002, ["message"] = "Access token is invalid." }) }, -18010002);
        return false;
    }

    private static Task AnswerAsync(HttpContext http, JsonObject data, int code = 0) =>
        http.Response.WriteAsJsonAsync(new JsonObject { ["code"] = code, ["data"] = data }, http.RequestAborted);

    private sealed record TrackItem(string Number, int? Carrier);

    private sealed record TrackAnswer(JsonObject? Accepted, JsonObject? Error);
}
