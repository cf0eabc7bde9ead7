using System.Text.Json.Serialization;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>Why a customer is compensated.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CompensationCause>))]
public enum CompensationCause
{
    /// <summary>The parcel never arrived.</summary>
    Lost,

    /// <summary>An item arrived broken or does not work.</summary>
    Damaged,

    /// <summary>An item was not in the parcel.</summary>
    Missing,
}

/// <summary>What AutoFlow may give back by itself, and where a person decides (compensation.yaml).</summary>
public sealed record CompensationPolicy
{
    /// <summary>The most that is refunded for one order without a person, all its refunds together.</summary>
    public required MoneyLimits AutomaticRefund { get; init; }

    /// <summary>The highest value of goods sent again for one order without a person.</summary>
    public required MoneyLimits AutomaticReship { get; init; }

    /// <summary>Orders with a total above this always need a person's approval.</summary>
    public required MoneyLimits ApprovalAbove { get; init; }

    /// <summary>Damage to goods of a value above this needs a photo.</summary>
    public required MoneyLimits PhotoAbove { get; init; }

    /// <summary>What is given unless the customer asks for the other.</summary>
    public required IReadOnlyDictionary<CompensationCause, LedgerKind> Prefer { get; init; }

    /// <summary>True when an order that was compensated once is not compensated again.</summary>
    public required bool OncePerOrder { get; init; }

    internal static CompensationPolicy Read(YamlMap map)
    {
        var kinds = new Dictionary<string, LedgerKind> { ["refund"] = LedgerKind.Refund, ["reship"] = LedgerKind.Reship };
        var prefer = map.Map("prefer");
        return new CompensationPolicy
        {
            AutomaticRefund = MoneyLimits.Read(map, "automaticRefund"),
            AutomaticReship = MoneyLimits.Read(map, "automaticReship"),
            ApprovalAbove = MoneyLimits.Read(map, "approvalAbove"),
            PhotoAbove = MoneyLimits.Read(map, "photoAbove"),
            Prefer = new Dictionary<CompensationCause, LedgerKind>
            {
                [CompensationCause.Lost] = prefer?.Word("lost", kinds) ?? default,
                [CompensationCause.Damaged] = prefer?.Word("damaged", kinds) ?? default,
                [CompensationCause.Missing] = prefer?.Word("missing", kinds) ?? default,
            },
            OncePerOrder = map.Flag("oncePerOrder"),
        };
    }
}
