namespace AutoFlow.Connectors.Posted;

/// <summary>The configuration section <c>Replies</c>.</summary>
public sealed record PostedReplyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Replies";

    /// <summary>Where replies are posted to, absolute, http or https.</summary>
    public string Address { get; set; } = "";

    /// <summary>Goes into the header <c>Authorization</c> as a bearer token; null sends none. Never logged.</summary>
    public string? Token { get; set; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
