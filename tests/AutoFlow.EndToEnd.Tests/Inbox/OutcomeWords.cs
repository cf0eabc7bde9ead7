namespace AutoFlow.EndToEnd.Tests.Inbox;

/// <summary>The words of samples/shop/inbox/README.md for the paragraphs of our replies.</summary>
public static class OutcomeWords
{
    /// <summary>By paragraph; a paragraph that is not here says nothing of its own.</summary>
    public static IReadOnlyDictionary<string, string> OfParagraph { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["on-its-way"] = "told-on-its-way",
        ["out-for-delivery"] = "told-out-for-delivery",
        ["not-yet-handed-over"] = "told-not-yet-handed-over",
        ["overdue"] = "told-overdue",
        ["delivered"] = "told-delivered",
        ["new-attempt"] = "told-new-attempt",
        ["pickup"] = "told-pickup",
        ["customs"] = "told-customs",
        ["returning"] = "told-returning",
        ["parcel-lost"] = "told-lost",
        ["parcel-damaged"] = "told-damaged",
        ["parcel-unknown"] = "told-unknown",
        ["not-paid"] = "told-not-paid",
        ["not-shipped"] = "told-not-shipped",
        ["not-shipped-late"] = "told-not-shipped-late",
        ["rest-not-shipped"] = "told-rest-not-shipped",
        ["already-refunded"] = "told-refunded-before",
        ["already-reshipped"] = "told-reshipped-before",
        ["already-cancelled"] = "told-cancelled-before",
        ["cancel-too-late"] = "told-too-late",
        ["cancel-partly-shipped"] = "told-partly-shipped",
        ["order-not-found"] = "told-order-not-found",
        ["which-order"] = "asked-which-order",
        ["ask-order-number"] = "asked-order-number",
        ["address-question"] = "asked-address",
        ["neighbour-check"] = "asked-neighbours",
        ["customs-papers"] = "asked-customs-papers",
        ["return-choice"] = "asked-return-choice",
        ["ask-photo"] = "asked-photo",
        ["which-item"] = "asked-which-item",
        ["trace-opened"] = "trace-opened",
        ["trace-opened-unscanned"] = "trace-opened",
        ["trace-opened-exception"] = "trace-opened",
        ["claim-opened"] = "claim-opened",
        ["address-confirmed"] = "address-passed-on",
        ["papers-received"] = "papers-passed-on",
        ["also-asked"] = "passed-on-other",
        ["hand-over"] = "handed-over",
        ["not-understood"] = "handed-over",
        ["cancelled"] = "cancelled",
        ["found-after-all"] = "found-after-all",
    };

    /// <summary>What an outcome makes us wait for.</summary>
    public static IReadOnlyDictionary<string, string> WaitOf { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["asked-which-order"] = "order-choice",
        ["asked-order-number"] = "order-choice",
        ["told-order-not-found"] = "order-choice",
        ["asked-address"] = "address",
        ["asked-neighbours"] = "neighbour",
        ["asked-customs-papers"] = "customs-papers",
        ["asked-return-choice"] = "return-choice",
        ["asked-photo"] = "photo",
        ["asked-which-item"] = "item-choice",
    };

    /// <summary>Paragraphs that tell where a parcel is: the reply with the first of them began the watch.</summary>
    public static bool TellsOfParcel(string paragraph) => paragraph
        is "on-its-way" or "out-for-delivery" or "not-yet-handed-over" or "overdue" or "trace-opened" or "trace-opened-unscanned" or "trace-opened-exception"
        or "address-question" or "new-attempt" or "pickup" or "customs-papers" or "customs" or "neighbour-check" or "delivered" or "returning"
        or "parcel-lost" or "parcel-damaged" or "parcel-unknown";
}
