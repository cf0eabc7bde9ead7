namespace AutoFlow.Understanding.Intents;

/// <summary>The labels of the taxonomy that code refers to; all others are only data in the seeds.</summary>
public static class IntentLabels
{
    /// <summary>None of the taxonomy's intents: small talk, thanks, unrelated. Never acted on.</summary>
    public const string Other = "other";

    /// <summary>Out-of-office notes and delivery failures.</summary>
    public const string AutoReplyBounce = "auto_reply_bounce";

    /// <summary>Advertising.</summary>
    public const string SpamMarketing = "spam_marketing";

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
