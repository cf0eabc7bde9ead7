using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Intents;

/// <summary>The labels of the taxonomy that code refers to; all others are only data in the seeds.</summary>
public static class IntentLabels
{
    /// <summary>None of the taxonomy's intents: small talk, thanks, unrelated. Never acted on.</summary>
    public const string Other = IntentTaxonomy.Other;

    /// <summary>Other names that data sets give to what is outside their labels.</summary>
    private static readonly HashSet<string> NegativeNames = new(StringComparer.OrdinalIgnoreCase) { Other, "oos", "out_of_scope", "none", "unknown" };

    /// <summary>True for a label that means "none of the others": it is never acted on.</summary>
    public static bool IsNegative(string label) => NegativeNames.Contains(label);

    /// <summary>The place of the label that means "none of the others"; -1 when there is none.</summary>
    public static int NegativeIn(IReadOnlyList<string> labels)
    {
        for (var i = 0; i < labels.Count; i++)
            if (IsNegative(labels[i])) return i;
        return -1;
    }

    /// <summary>Out-of-office notes and delivery failures.</summary>
    public const string AutoReplyBounce = "auto_reply_bounce";

    /// <summary>Advertising.</summary>
    public const string SpamMarketing = "spam_marketing";

    private static readonly HashSet<string> Alone = ["complaint", AutoReplyBounce, SpamMarketing];

    /// <summary>True for a label that is the whole message or nothing: who is angry about a broken lamp does not also want to complain (the taxonomy's definition of complaint).</summary>
    public static bool StandsAlone(string label) => Alone.Contains(label);

    /// <summary>The whole taxonomy, in the order of the product's documentation.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "order_status", "cancel_order", "change_order", "place_order",
        "delivery_problem", "delivery_options", "change_address", "wrong_or_missing_item", "damaged_or_defective",
        "return_item", "exchange_item", "request_refund", "refund_status", "return_policy",
        "payment_issue", "payment_methods", "invoice_request", "promotion",
        "product_question", "account_access", "account_management",
        "complaint", "contact_human", AutoReplyBounce, SpamMarketing, Other,
    ];
}
