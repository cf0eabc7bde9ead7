using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AutoFlow.Support;
using AutoFlow.Support.Messages;

namespace AutoFlow.Connectors.Graph;

/// <summary>A note of Graph about a subscription itself (learn.microsoft.com/graph/change-notifications-lifecycle-events).</summary>
/// <param name="Event"><c>reauthorizationRequired</c>, <c>subscriptionRemoved</c>, <c>missed</c>, or a later one.</param>
public sealed record GraphLifecycleEvent(string SubscriptionId, string Event);

/// <summary>What one call of Graph told.</summary>
/// <param name="Messages">Messages that came or changed, each once.</param>
/// <param name="Lifecycle">Notes about subscriptions.</param>
/// <param name="Refused">How many were left out because their clientState was wrong; to be logged as a number.</param>
public sealed record GraphNotifications(IReadOnlyList<MailNotification> Messages, IReadOnlyList<GraphLifecycleEvent> Lifecycle, int Refused);

/// <summary>Reads Graph's calls to our notification address; pure (learn.microsoft.com/graph/change-notifications-delivery-webhooks).</summary>
public static class GraphNotification
{
    // Graph's tokens have some hundred characters.
    private const int LongestToken = 4096;

    /// <summary>
    /// The text to answer a new subscription's check with, as <c>text/plain</c> and 200; null when the call is no such check.
    /// The token is echoed as it is, so it must never be answered as HTML.
    /// </summary>
    /// <param name="validationToken">The query's <c>validationToken</c>, URL-decoded.</param>
    public static string? Handshake(string? validationToken) =>
        validationToken is { Length: > 0 and <= LongestToken } && !validationToken.Any(char.IsControl) ? validationToken : null;

    /// <summary>
    /// Reads the call's body. Fails with <c>bad-payload</c> when it is no notification collection, and with
    /// <c>bad-client-state</c> when not one notification in it carries our secret. Deleted messages are left out.
    /// </summary>
    public static Result<GraphNotifications> Read(string body, string clientState)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return new Failure("bad-payload", "The notification is not JSON.");
        }
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Array)
                return new Failure("bad-payload", "The notification has no array 'value'.");
            var all = value.EnumerateArray().ToList();
            var ours = all.Where(item => SameSecret(Text(item, "clientState"), clientState)).ToList();
            if (all.Count > 0 && ours.Count == 0)
                return new Failure("bad-client-state", "No notification carries the right clientState.");
            return new GraphNotifications(
                [.. ours.Select(MessageOf).OfType<MailNotification>().Distinct()],
                [.. ours.Select(LifecycleOf).OfType<GraphLifecycleEvent>().Distinct()],
                all.Count - ours.Count);
        }
    }

    private static GraphLifecycleEvent? LifecycleOf(JsonElement item) =>
        Text(item, "lifecycleEvent") is { } name ? new GraphLifecycleEvent(Text(item, "subscriptionId") ?? "", name) : null;

    private static MailNotification? MessageOf(JsonElement item)
    {
        if (Text(item, "lifecycleEvent") is not null || Text(item, "changeType") == "deleted")
            return null;
        var data = item.TryGetProperty("resourceData", out var element) && element.ValueKind == JsonValueKind.Object ? element : default;
        var resource = Text(data, "@odata.id") ?? Text(item, "resource") ?? "";
        return Text(data, "id") is { Length: > 0 } id && IsMessage(Text(data, "@odata.type"), resource)
            ? new MailNotification(Text(item, "subscriptionId") ?? "", UserOf(resource), id, Text(data, "@odata.etag") ?? "")
            : null;
    }

    private static bool IsMessage(string? type, string resource) =>
        type?.EndsWith("Graph.Message", StringComparison.OrdinalIgnoreCase) ?? resource.Contains("/messages/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The user in <c>Users/{id}/Messages/{id}</c> or <c>users('{id}')/…</c>; null for <c>me/…</c>.</summary>
    private static string? UserOf(string resource)
    {
        var parts = resource.TrimStart('/').Split('/');
        const string Quoted = "users('";
        if (parts[0].StartsWith(Quoted, StringComparison.OrdinalIgnoreCase) && parts[0].EndsWith("')", StringComparison.Ordinal))
            return parts[0][Quoted.Length..^2];
        return parts.Length > 1 && parts[0].Equals("users", StringComparison.OrdinalIgnoreCase) && parts[1].Length > 0 ? parts[1] : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Readable(value) : null;

    // A text with half of a surrogate pair is JSON, but no text; whoever sends it is not Graph.
    private static string? Readable(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // Hashes have one length, so that the comparison tells neither the secret nor its length by its time.
    private static bool SameSecret(string? given, string expected) => given is not null && expected.Length > 0 && CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
