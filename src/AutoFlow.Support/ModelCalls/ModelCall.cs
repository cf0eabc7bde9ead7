using System.Text.Json.Serialization;

namespace AutoFlow.Support.ModelCalls;

/// <summary>How a call of a model in the cloud ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelCallOutcome>))]
public enum ModelCallOutcome
{
    /// <summary>The answer was of use.</summary>
    Answered,

    /// <summary>The model declined to answer.</summary>
    Refused,

    /// <summary>The service's content filter stopped the message or the answer.</summary>
    Filtered,

    /// <summary>The answer reached its limit of tokens before its end.</summary>
    Truncated,

    /// <summary>The answer is not what was asked for.</summary>
    Unreadable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The service asked to wait (429).</summary>
    Throttled,

    /// <summary>The service had a fault (5xx), or could not be reached.</summary>
    Unavailable,

    /// <summary>The service did not take the key or token, or there was none to be had.</summary>
    Unauthorized,

    /// <summary>The service did not take the request, or does not know the deployment.</summary>
    Rejected,
}

/// <summary>Tokens of one call, as the service counted them; zeros when it counted none.</summary>
/// <param name="Input">All of the input, cached ones included.</param>
/// <param name="CachedInput">Of <paramref name="Input"/>, those that the service had cached.</param>
/// <param name="Output">The answer's, with what a reasoning model thought.</param>
public sealed record TokenCount(long Input, long CachedInput, long Output)
{
    public static readonly TokenCount None = new(0, 0, 0);
}

/// <summary>One call of a model in the cloud, for cost and audit. It holds no text and no personal data.</summary>
public sealed record ModelCall
{
    /// <summary>Unique for the call; also sent along as <c>x-ms-client-request-id</c>, so that the service's log can be asked for it.</summary>
    public required string Id { get; init; }

    /// <summary>The message that was to be understood.</summary>
    public required string InboxId { get; init; }

    /// <summary>The deployment that was called.</summary>
    public required string Deployment { get; init; }

    /// <summary>The model as the answer names it; null when none answered.</summary>
    public string? Model { get; init; }

    public required ModelCallOutcome Outcome { get; init; }

    public required TokenCount Tokens { get; init; }

    /// <summary>By the configured prices; null when none are configured.</summary>
    public Money? Cost { get; init; }

    /// <summary>From the request to the end of the answer.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
