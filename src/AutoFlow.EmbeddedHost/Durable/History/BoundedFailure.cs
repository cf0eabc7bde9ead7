using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>Failures as they enter a history: no exception makes one that cannot be stored, or that fills the memory of all.</summary>
internal static class BoundedFailure
{
    /// <summary>The details of an exception.</summary>
    public static TaskFailureDetails Of(Exception exception) => Of(TaskFailureDetails.FromException(exception), DurableLimits.MaxFailureDepth);

    /// <summary>About how much a failure holds, in characters.</summary>
    public static int Size(TaskFailureDetails failure)
    {
        var size = 0;
        for (var each = failure; each is not null; each = each.InnerFailure)
            size += (each.ErrorMessage?.Length ?? 0) + (each.StackTrace?.Length ?? 0);
        return size;
    }

    private static TaskFailureDetails Of(TaskFailureDetails failure, int depth) => failure with
    {
        ErrorMessage = Cut(failure.ErrorMessage)!,
        StackTrace = Cut(failure.StackTrace),
        InnerFailure = depth > 1 && failure.InnerFailure is { } inner ? Of(inner, depth - 1) : null,
    };

    // The beginning says most, of a message and of a stack. A character is not divided.
    private static string? Cut(string? text) => text is not { Length: > DurableLimits.MaxFailureTextLength }
        ? text
        : text[..(DurableLimits.MaxFailureTextLength - (char.IsHighSurrogate(text[DurableLimits.MaxFailureTextLength - 2]) ? 2 : 1))] + "…";
}
