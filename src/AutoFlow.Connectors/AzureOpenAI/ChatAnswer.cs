using System.Text.Json;
using AutoFlow.Support.ModelCalls;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>How a call ended, whatever way it ended.</summary>
internal sealed record ChatAnswer(ModelCallOutcome Outcome)
{
    /// <summary>What the model wrote; set for <see cref="ModelCallOutcome.Answered"/> alone.</summary>
    public string? Text { get; init; }

    /// <summary>The model as it names itself; null when none answered.</summary>
    public string? Model { get; init; }

    /// <summary>The configuration that the model ran with; null when not told.</summary>
    public string? Fingerprint { get; init; }

    public TokenCount Tokens { get; init; } = TokenCount.None;

    /// <summary>When to come again, where the service said it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A word or two of the service for the log, without personal data: the categories of a content filter, a code; null when there is none.</summary>
    public string? Detail { get; init; }

    /// <summary>Reads a chat completion (status 200). Only what is needed is read: the service may add to its answers at any time.</summary>
    public static ChatAnswer OfCompletion(BinaryData body)
    {
        try
        {
            return Read(body);
        }
        catch (InvalidOperationException)
        {
            return new ChatAnswer(ModelCallOutcome.Unreadable); // half of a surrogate pair, found only when the text is asked for
        }
    }

    private static ChatAnswer Read(BinaryData body)
    {
        using var document = Parse(body);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root) return new ChatAnswer(ModelCallOutcome.Unreadable);
        var answer = new ChatAnswer(ModelCallOutcome.Unreadable)
        {
            Model = Word(root, "model"),
            Fingerprint = Word(root, "system_fingerprint"),
            Tokens = TokensOf(root),
        };
        if (Property(root, "choices", JsonValueKind.Array) is not { } choices || choices.GetArrayLength() == 0) return answer;
        var choice = choices[0];
        var message = Property(choice, "message", JsonValueKind.Object);
        if (message is { } declined && Property(declined, "refusal", JsonValueKind.String) is not null) return answer with { Outcome = ModelCallOutcome.Refused };
        return Word(choice, "finish_reason") switch
        {
            "stop" when message is { } said && Property(said, "content", JsonValueKind.String) is { } content =>
                answer with { Outcome = ModelCallOutcome.Answered, Text = content.GetString() },
            "length" => answer with { Outcome = ModelCallOutcome.Truncated },
            "content_filter" => answer with { Outcome = ModelCallOutcome.Filtered, Detail = ContentFilter.Categories(choice) },
            _ => answer,
        };
    }

    /// <summary>Reads any other answer.</summary>
    public static ChatAnswer OfError(int status, BinaryData body, TimeSpan? retryAfter)
    {
        using var document = Parse(body);
        var error = document is null ? null : Property(document.RootElement, "error", JsonValueKind.Object);
        if (error is { } stopped && ContentFilter.Stopped(stopped))
            return new ChatAnswer(ModelCallOutcome.Filtered) { Detail = Property(stopped, "innererror", JsonValueKind.Object) is { } inner ? ContentFilter.Categories(inner) : null };
        var outcome = status switch
        {
            401 or 403 => ModelCallOutcome.Unauthorized,
            408 => ModelCallOutcome.TimedOut,
            429 => ModelCallOutcome.Throttled,
            >= 500 => ModelCallOutcome.Unavailable,
            _ => ModelCallOutcome.Rejected,
        };
        var code = error is { } told ? Word(told, "code") : null;
        return new ChatAnswer(outcome) { RetryAfter = retryAfter, Detail = code is null ? $"{status}" : $"{status} {code}" };
    }

    /// <summary>A property of that kind; null when there is none.</summary>
    internal static JsonElement? Property(JsonElement of, string name, JsonValueKind kind) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    /// <summary>A text that is safe in a log and in a version: letters, digits and a few signs, 100 at most; null when it is not.</summary>
    internal static string? Word(JsonElement of, string name) =>
        Property(of, name, JsonValueKind.String)?.GetString() is { Length: > 0 and <= 100 } text && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':') ? text : null;

    private static TokenCount TokensOf(JsonElement root)
    {
        if (Property(root, "usage", JsonValueKind.Object) is not { } usage) return TokenCount.None;
        var details = Property(usage, "prompt_tokens_details", JsonValueKind.Object);
        return new TokenCount(Count(usage, "prompt_tokens"), details is { } of ? Count(of, "cached_tokens") : 0, Count(usage, "completion_tokens"));
    }

    private static long Count(JsonElement of, string name) =>
        Property(of, name, JsonValueKind.Number) is { } value && value.TryGetInt64(out var count) && count > 0 ? count : 0;

    private static JsonDocument? Parse(BinaryData body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
