using System.Text.Json;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>What Azure's content filter says of a message or an answer that it stopped.</summary>
internal static class ContentFilter
{
    /// <summary>True for the error with which a prompt is stopped: status 400, <c>code</c> <c>content_filter</c>, and the details in <c>innererror</c>.</summary>
    public static bool Stopped(JsonElement error) =>
        ChatAnswer.Word(error, "code") == "content_filter"
        || (ChatAnswer.Property(error, "innererror", JsonValueKind.Object) is { } inner && ChatAnswer.Word(inner, "code") == "ResponsibleAIPolicyViolation");

    /// <summary>The categories that were filtered (<c>violence</c>, <c>jailbreak</c>, …), joined by commas; null when none is named.</summary>
    /// <param name="holder">What holds <c>content_filter_result</c>, as errors do, or <c>content_filter_results</c>, as answers do.</param>
    public static string? Categories(JsonElement holder)
    {
        var results = ChatAnswer.Property(holder, "content_filter_result", JsonValueKind.Object) ?? ChatAnswer.Property(holder, "content_filter_results", JsonValueKind.Object);
        if (results is not { } named) return null;
        var filtered = named.EnumerateObject()
            .Where(category => ChatAnswer.Property(category.Value, "filtered", JsonValueKind.True) is not null)
            .Select(category => category.Name)
            .Where(name => name.Length <= 40 && name.All(c => char.IsAsciiLetterLower(c) || c == '_'))
            .Take(5)
            .ToList();
        return filtered.Count == 0 ? null : string.Join(", ", filtered);
    }
}
