namespace AutoFlow.SampleShop.Data;

/// <summary>An order as <c>data/orders.json</c> writes it. Times are offsets from the shop's epoch; amounts are major units as text ("12.50").</summary>
public sealed record SampleOrder
{
    /// <summary>What the customer sees, without <c>#</c>.</summary>
    public required string Number { get; init; }

    public required string Email { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }

    /// <summary>ISO 639-1; null where nobody knows.</summary>
    public string? Language { get; init; }

    public required TimeSpan Placed { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    public required decimal Shipping { get; init; }
    public required decimal Total { get; init; }

    /// <summary>Shopify's <c>financial_status</c> before anything that happens in the running shop.</summary>
    public required string FinancialStatus { get; init; }

    /// <summary><c>unfulfilled</c>, <c>partial</c> or <c>fulfilled</c>.</summary>
    public required string FulfillmentStatus { get; init; }

    /// <summary>Null while not cancelled.</summary>
    public TimeSpan? Cancelled { get; init; }

    public required IReadOnlyList<SampleOrderItem> Items { get; init; }
    public required SampleAddress Address { get; init; }
    public IReadOnlyList<SampleOrderParcel> Parcels { get; init; } = [];
    public IReadOnlyList<SampleRefund> Refunds { get; init; } = [];

    /// <summary>Shopify's comma separated tags; empty when none.</summary>
    public string Tags { get; init; } = "";

    /// <summary>What the order is in the sample for.</summary>
    public required string Note { get; init; }

    /// <summary>The shop's internal id; Shopify's are long numbers too.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Id => FirstId + int.Parse(Number, System.Globalization.CultureInfo.InvariantCulture);

    private const long FirstId = 5_600_000_000_000;

    /// <summary>The number of the order that has an id.</summary>
    internal static string NumberOf(long id) => (id - FirstId).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A line of an order.</summary>
/// <param name="Price">Of one piece.</param>
public sealed record SampleOrderItem(string Sku, string Title, int Quantity, decimal Price);

/// <summary>Where an order goes.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record SampleAddress(string Name, string Line1, string? Line2, string PostalCode, string City, string Country);

/// <summary>A parcel as the shop knows it.</summary>
/// <param name="Shipped">Offset from the epoch.</param>
/// <param name="Skus">The lines in it.</param>
public sealed record SampleOrderParcel(string TrackingNumber, string Carrier, TimeSpan Shipped, IReadOnlyList<string> Skus);

/// <summary>Money paid back before the sample begins.</summary>
/// <param name="At">Offset from the epoch.</param>
public sealed record SampleRefund(TimeSpan At, decimal Amount, string Reason);
