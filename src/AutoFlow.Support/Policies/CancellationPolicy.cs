using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>When an order may still be cancelled (cancellation.yaml). A shipped order never is: it can only come back.</summary>
public sealed record CancellationPolicy
{
    /// <summary>Orders with a total above this are cancelled only after a person's approval.</summary>
    public required MoneyLimits ApprovalAbove { get; init; }

    /// <summary>True when the answer to a too late cancellation explains how to return the goods.</summary>
    public required bool OfferReturnWhenShipped { get; init; }

    /// <summary>How long after delivery goods may be returned; whole days.</summary>
    public required TimeSpan ReturnWithin { get; init; }

    internal static CancellationPolicy Read(YamlMap map)
    {
        var policy = new CancellationPolicy
        {
            ApprovalAbove = MoneyLimits.Read(map, "approvalAbove"),
            OfferReturnWhenShipped = map.Flag("offerReturnWhenShipped"),
            ReturnWithin = map.Duration("returnWithin"),
        };
        if (policy.ReturnWithin.Ticks % TimeSpan.TicksPerDay != 0) map.Wrong("returnWithin", "'returnWithin' must be whole days");
        return policy;
    }
}
