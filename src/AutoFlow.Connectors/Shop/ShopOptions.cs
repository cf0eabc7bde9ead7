namespace AutoFlow.Connectors.Shop;

/// <summary>The configuration section <c>Shop</c>.</summary>
public sealed record ShopOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Shop";

    /// <summary>The shop's address without a path, absolute, http or https.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Goes into the header <c>X-Shopify-Access-Token</c>. Never logged.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>The version of the Admin API, for example <c>2025-07</c>.</summary>
    public string ApiVersion { get; set; } = "2025-07";

    /// <summary>How long one call may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
