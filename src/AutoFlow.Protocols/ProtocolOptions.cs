namespace AutoFlow.Protocols;

/// <summary>Limits of calls to the outside; the section <c>Protocols</c> of the configuration.</summary>
public sealed class ProtocolOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Protocols";

    /// <summary>How long one call may take, with everything it needs: documents, tokens, the answer's last byte.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How many bytes of an answer are read at most, after decompression.</summary>
    public long LargestAnswer { get; set; } = 1024 * 1024;

    /// <summary>How many bytes of an OpenAPI, AsyncAPI or other description are read at most.</summary>
    public long LargestDocument { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long a description is used before its server is asked whether it has changed.</summary>
    public TimeSpan DocumentLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The hosts that may be called, as <c>api.example.com</c> or <c>*.example.com</c>; every host when empty. It counts for token endpoints and documents too.</summary>
    public IList<string> AllowedHosts { get; } = [];
}
