using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>Which way a parcel goes: carriers take different times for each.</summary>
public enum DeliveryRoute
{
    /// <summary>To an address in the country that the shop ships from.</summary>
    Domestic,

    /// <summary>To another country, or to an unknown address.</summary>
    International,

    /// <summary>With customs at this moment.</summary>
    Customs,
}

/// <summary>A duration for each route.</summary>
public sealed record RouteDurations(TimeSpan Domestic, TimeSpan International, TimeSpan Customs)
{
    public TimeSpan For(DeliveryRoute route) => route switch
    {
        DeliveryRoute.Domestic => Domestic,
        DeliveryRoute.International => International,
        _ => Customs,
    };

    internal static RouteDurations Read(YamlMap map, string key) => map.Map(key) is { } routes
        ? new RouteDurations(routes.Duration("domestic"), routes.Duration("international"), routes.Duration("customs"))
        : new RouteDurations(default, default, default);
}

/// <summary>When a parcel counts as stalled or lost, and how long AutoFlow waits for what (delivery.yaml).</summary>
public sealed record DeliveryPolicy
{
    /// <summary>ISO 3166-1 alpha-2 of the country that the warehouse is in.</summary>
    public required string ShipsFrom { get; init; }

    /// <summary>Without a scan for this long, a trace is opened.</summary>
    public required RouteDurations NoMovementAfter { get; init; }

    /// <summary>Without a scan for this long, a parcel is treated as lost.</summary>
    public required RouteDurations LostAfter { get; init; }

    /// <summary>A paid order that has not left the warehouse for this long is late.</summary>
    public required TimeSpan ShipsWithin { get; init; }

    /// <summary>Announced but never scanned for this long after the hand-over, a trace is opened.</summary>
    public required TimeSpan NotScannedAfter { get; init; }

    /// <summary>How long after the last announced day (UTC) a parcel counts as overdue.</summary>
    public required TimeSpan OverdueGrace { get; init; }

    /// <summary>How long a carrier has to answer a trace before the customer hears from us again.</summary>
    public required TimeSpan TraceAnswerWithin { get; init; }

    /// <summary>How long the customer has to answer a question.</summary>
    public required TimeSpan AnswerWithin { get; init; }

    /// <summary>When a question without an answer is asked once more.</summary>
    public required TimeSpan RemindAfter { get; init; }

    /// <summary>How long the customer has to look around and ask the neighbours.</summary>
    public required TimeSpan NeighbourCheckWithin { get; init; }

    /// <summary>A parcel that waits at a pick-up place for this long is remembered to the customer.</summary>
    public required TimeSpan PickupReminderAfter { get; init; }

    /// <summary>How long a parcel is watched for changes.</summary>
    public required TimeSpan WatchFor { get; init; }

    /// <summary>Orders older than this are not offered when a customer names none.</summary>
    public required TimeSpan OpenOrderWithin { get; init; }

    internal static DeliveryPolicy Read(YamlMap map)
    {
        var policy = new DeliveryPolicy
        {
            ShipsFrom = map.Text("shipsFrom"),
            NoMovementAfter = RouteDurations.Read(map, "noMovementAfter"),
            LostAfter = RouteDurations.Read(map, "lostAfter"),
            ShipsWithin = map.Duration("shipsWithin"),
            NotScannedAfter = map.Duration("notScannedAfter"),
            OverdueGrace = map.Duration("overdueGrace"),
            TraceAnswerWithin = map.Duration("traceAnswerWithin"),
            AnswerWithin = map.Duration("answerWithin"),
            RemindAfter = map.Duration("remindAfter"),
            NeighbourCheckWithin = map.Duration("neighbourCheckWithin"),
            PickupReminderAfter = map.Duration("pickupReminderAfter"),
            WatchFor = map.Duration("watchFor"),
            OpenOrderWithin = map.Duration("openOrderWithin"),
        };
        if (policy.ShipsFrom.Length > 0 && (policy.ShipsFrom.Length != 2 || !policy.ShipsFrom.All(char.IsAsciiLetterUpper)))
            map.Wrong("shipsFrom", $"'{policy.ShipsFrom}' is no country code", "two capital letters, for example DE (ISO 3166-1 alpha-2)");
        if (!map.IsClean) return policy;
        foreach (var route in Enum.GetValues<DeliveryRoute>())
        {
            if (policy.LostAfter.For(route) < policy.NoMovementAfter.For(route))
                map.Wrong("lostAfter", $"lostAfter is shorter than noMovementAfter for {route.ToString().ToLowerInvariant()} parcels");
        }

        if (policy.RemindAfter > policy.AnswerWithin) map.Wrong("remindAfter", "remindAfter is longer than answerWithin");
        return policy;
    }
}
