namespace AutoFlow.SampleShop;

/// <summary>How a sample shop runs.</summary>
public sealed record SampleShopOptions
{
    /// <summary>Where its state is kept; made when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The port on the loopback address; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>How often the sample's orders and parcels are there once more, under other numbers and addresses (<see cref="Data.SampleCopies"/>).</summary>
    public int Copies { get; init; }

    /// <summary>The moment that the sample's offsets count from, UTC; null means the first start. What the folder already knows wins.</summary>
    public DateTimeOffset? Epoch { get; init; }

    /// <summary>Where parcel changes are pushed to; null pushes nothing.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>The key of the tracking API, which signs its pushes too; null makes one at the first start and keeps it in the folder.</summary>
    public string? TrackingKey { get; init; }

    /// <summary>The shop's access token; null makes one at the first start and keeps it in the folder.</summary>
    public string? ShopAccessToken { get; init; }

    /// <summary>How often the simulator looks for parcel changes, real time.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(250);
}

/// <summary>The keys that callers need.</summary>
internal sealed record SampleKeys(string TrackingKey, string ShopAccessToken);
