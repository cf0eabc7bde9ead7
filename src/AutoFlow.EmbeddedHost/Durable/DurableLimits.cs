using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Durable;

/// <summary>The limits of the durable engine, each with the error that it gives. They keep one instance from filling the memory of all.</summary>
public static class DurableLimits
{
    /// <summary>The longest instance id, in characters.</summary>
    public const int MaxInstanceIdLength = 256;

    /// <summary>The longest input, output, event payload or tag set, in UTF-16 characters of JSON.</summary>
    public const int MaxPayloadLength = 4 * 1024 * 1024;

    /// <summary>The longest custom status, in UTF-16 characters of JSON: 16 KB, as on Azure.</summary>
    public const int MaxCustomStatusLength = 16 * 1024 / sizeof(char);

    /// <summary>The most events that the history of one generation may have; continue-as-new begins a new one.</summary>
    public const int MaxHistoryEvents = 200_000;

    /// <summary>The most tasks (activities, children, timers) that one instance may wait for at once.</summary>
    public const int MaxOpenTasks = 20_000;

    /// <summary>The most external events that may wait for an instance that does not read them.</summary>
    public const int MaxBufferedEvents = 10_000;

    /// <summary>The most failures within one another that a history keeps of one, its own included; deeper causes are left out.</summary>
    public const int MaxFailureDepth = 16;

    /// <summary>The longest message and the longest stack of a failure, in UTF-16 characters; the rest is cut off.</summary>
    public const int MaxFailureTextLength = 32 * 1024;

    /// <summary>How often a process may die while something runs before that is set aside.</summary>
    public const int MaxDeaths = 5;

    /// <summary>The error type of an instance whose history is too long.</summary>
    internal const string HistoryTooLong = "HistoryTooLong";

    /// <summary>The error type of an instance whose turn cannot be written.</summary>
    internal const string TurnNotStorable = "TurnNotStorable";

    /// <summary>Refuses an instance id that is too long.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    internal static void DemandInstanceId(string id, string parameter)
    {
        if (id.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(id))
            throw new ArgumentException("An instance id holds no zero and no half of a character: it could not be stored as it is.", parameter);
        if (id.Length > MaxInstanceIdLength)
        {
            throw new ArgumentException(
                $"An instance id has at most {MaxInstanceIdLength} characters; this one has {id.Length} ('{id[..40]}…'). Give a shorter one, such as a hash of it.", parameter);
        }
    }

    /// <summary>Refuses a payload that is too long.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    internal static string? DemandPayload(string? json, string what, string parameter) => json is { Length: > MaxPayloadLength }
        ? throw new ArgumentException(TooLong(what, json.Length), parameter)
        : json;

    /// <summary>Refuses a custom status that is too long.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    internal static string? DemandCustomStatus(string? json, string parameter) => json is { Length: > MaxCustomStatusLength }
        ? throw new ArgumentException(
            $"The custom status is {json.Length * sizeof(char)} bytes of UTF-16 JSON; the limit is {MaxCustomStatusLength * sizeof(char)}. Say less in it, or where the rest is stored.",
            parameter)
        : json;

    /// <summary>What is said of a payload that is too long.</summary>
    internal static string TooLong(string what, int length)
        => $"{what} is {length} characters of JSON; the limit is {MaxPayloadLength}. Store it elsewhere and pass its key.";

    internal static InvalidOperationException TooManyEvents(string instanceId, string name) => new(
        $"The event '{name}' was not taken: {MaxBufferedEvents} events wait for the instance '{instanceId}', which does not read them. Let it read them, or terminate it.");

    /// <summary>Refuses one more task where too many are open.</summary>
    /// <exception cref="InvalidOperationException">There are.</exception>
    internal static void DemandRoom(int open, string instanceId)
    {
        if (open >= MaxOpenTasks)
        {
            throw new InvalidOperationException(
                $"The instance '{instanceId}' waits for {MaxOpenTasks} tasks already, which is the limit. Await some before asking for more, or divide the work between children.");
        }
    }

    /// <summary>The end of an instance whose history is too long; null where it is not.</summary>
    /// <param name="events">The events that it would have.</param>
    internal static ExecutionFailed? TooManyEvents(int events, string instanceId) => events <= MaxHistoryEvents
        ? null
        : new ExecutionFailed(new TaskFailureDetails(
            HistoryTooLong,
            $"The history of '{instanceId}' would have {events} events; the limit is {MaxHistoryEvents}. Let the orchestrator start over with ContinueAsNew now and then.",
            null,
            null));

    /// <summary>The end of an instance whose turn cannot be written.</summary>
    internal static ExecutionFailed NotStorable(string instanceId, Exception exception) => new(new TaskFailureDetails(
        TurnNotStorable, $"What '{instanceId}' did in its last turn could not be written: {exception.Message}", null, null));

    private static bool IsWellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return true;
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (System.Text.Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[length..];
        }

        return true;
    }
}
