using Microsoft.Extensions.Configuration;

namespace AutoFlow.Connectors.Graph;

/// <summary>How to reach the shop's mailbox through Microsoft Graph; configuration section <c>Graph</c>.</summary>
public sealed record GraphOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Graph";

    /// <summary>The mailbox that is read and answered from: its address or object id.</summary>
    public required string Mailbox { get; init; }

    /// <summary>The secret that every change notification must carry; given to Graph when subscribing.</summary>
    public required string ClientState { get; init; }

    /// <summary>The directory; needed with <see cref="ClientSecret"/>.</summary>
    public string? TenantId { get; init; }

    /// <summary>The app registration, or a user-assigned managed identity; null for the system-assigned one.</summary>
    public string? ClientId { get; init; }

    /// <summary>Null uses the managed identity of the machine.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Another for national clouds. Plain HTTP is accepted on this machine only.</summary>
    public Uri BaseUrl { get; init; } = new("https://graph.microsoft.com/v1.0");

    /// <summary>For one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From this size in bytes an image inside the text counts as an attachment: phones put photos there, signatures only small logos.</summary>
    public int InlinePhotoBytes { get; init; } = 64 * 1024;

    /// <summary>The shop's own addresses (<c>Mail:OwnAddresses</c>): behind a group with one of them a member may stand.</summary>
    public IReadOnlyCollection<string> OwnAddresses { get; init; } = [];

    /// <summary>
    /// Reads the section; null when it has no value at all. Throws <see cref="InvalidOperationException"/> naming everything
    /// that is missing or wrong when it is half filled, so that a typo does not silently turn mail off.
    /// </summary>
    public static GraphOptions? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (!section.GetChildren().Any(child => !string.IsNullOrWhiteSpace(child.Value)))
            return null;
        var faults = new List<string>();
        string? Text(string name) => section[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
        string Needed(string name, string why)
        {
            if (Text(name) is { } text)
                return text;
            faults.Add($"{Section}:{name} is missing ({why})");
            return "";
        }

        var options = new GraphOptions
        {
            Mailbox = Needed(nameof(Mailbox), "the mailbox to read and to answer from"),
            ClientState = Needed(nameof(ClientState), "the secret that change notifications carry"),
            ClientSecret = Text(nameof(ClientSecret)),
            TenantId = Text(nameof(TenantId)),
            ClientId = Text(nameof(ClientId)),
            OwnAddresses = [.. configuration.GetSection("Mail:OwnAddresses").GetChildren().Select(address => address.Value).OfType<string>()],
        };
        if (options.ClientSecret is not null)
        {
            Needed(nameof(TenantId), "a client secret needs its directory");
            Needed(nameof(ClientId), "a client secret needs its app registration");
        }
        if (Text(nameof(BaseUrl)) is { } url)
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttps || parsed is { Scheme: "http", IsLoopback: true }))
                options = options with { BaseUrl = parsed };
            else
                faults.Add($"{Section}:{nameof(BaseUrl)} must be an https address");
        }
        if (Text(nameof(Timeout)) is { } wait)
        {
            if (TimeSpan.TryParse(wait, System.Globalization.CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero)
                options = options with { Timeout = timeout };
            else
                faults.Add($"{Section}:{nameof(Timeout)} must be a time such as 00:00:30");
        }
        if (Text(nameof(InlinePhotoBytes)) is { } size)
        {
            if (int.TryParse(size, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var bytes))
                options = options with { InlinePhotoBytes = bytes };
            else
                faults.Add($"{Section}:{nameof(InlinePhotoBytes)} must be a number of bytes");
        }
        return faults.Count == 0 ? options : throw new InvalidOperationException($"Microsoft Graph is not configured right: {string.Join("; ", faults)}.");
    }
}
