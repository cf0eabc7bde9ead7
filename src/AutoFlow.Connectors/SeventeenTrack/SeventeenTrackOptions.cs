namespace AutoFlow.Connectors.SeventeenTrack;

/// <summary>The configuration section <c>SeventeenTrack</c>.</summary>
public sealed record SeventeenTrackOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SeventeenTrack";

    /// <summary>The tracking API up to its version, absolute, http or https.</summary>
    public string BaseUrl { get; set; } = "https://api.17track.net/track/v2.2/";

    /// <summary>The access key: it goes into the header <c>17token</c> and signs the pushes. Never logged.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>How long one call may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
