using System.Globalization;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>
/// Makes the host behave like Azure Functions with the Azure Storage backend where that is less kind: what is at least once
/// there happens more than once here, what comes late comes late, what is refused is refused. Every fault follows from the seed
/// and from what it befalls, never from the order in which threads run, so a run can be repeated.
/// </summary>
public sealed record StrictOptions
{
    /// <summary>The setting that switches it on.</summary>
    public const string Setting = "AUTOFLOW_STRICT";

    /// <summary>Which messages, activities, events and reads it befalls.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of handled queue messages that are delivered again, from 0 to 1.</summary>
    public double MessagesAgain { get; init; } = 0.25;

    /// <summary>The share of activities whose first result is lost, from 0 to 1.</summary>
    public double ActivitiesTwice { get; init; } = 0.25;

    /// <summary>The share of raised events that come twice, from 0 to 1.</summary>
    public double EventsTwice { get; init; } = 0.25;

    /// <summary>The share of an instance's turns that a client does not see at its next look, from 0 to 1.</summary>
    public double ReadsLate { get; init; } = 0.5;

    /// <summary>Reads the setting: <c>true</c>, <c>false</c>, or a seed; null for off.</summary>
    /// <param name="text">The setting's value; null where it is not set.</param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static StrictOptions? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Equals("false", StringComparison.OrdinalIgnoreCase))
            return null;
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase))
            return new StrictOptions();
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? new StrictOptions { Seed = seed }
            : throw new FormatException($"{Setting} is '{text}': give true, false, or a whole number as the seed of its faults.");
    }
}
