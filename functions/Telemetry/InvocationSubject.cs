using AutoFlow.Functions.Orchestrations;

namespace AutoFlow.Functions.Telemetry;

/// <summary>What a run of a function works on, as far as its trigger tells: ids for logs and spans, nothing of what anybody wrote.</summary>
public sealed record InvocationSubject(string? Message, string? Conversation, string? Instance, int Retry)
{
    /// <summary>Reads what the hosts tell of a trigger: <c>queueTrigger</c> is a queue message's text, <c>instanceId</c> and <c>data</c> an activity's caller and input.</summary>
    public static InvocationSubject Of(IReadOnlyDictionary<string, object?> bindingData)
    {
        var instance = Text(bindingData, "instanceId");
        // Keys of the outbox begin with the instance that wrote; keys of other queues name no message.
        var key = Text(bindingData, "QueueTrigger");
        instance ??= key is not null && key.Contains('~', StringComparison.Ordinal) ? key.Split(':', 2)[0] : null;
        var about = instance is null ? null : CallSubject.Read(Text(bindingData, "data"));
        var message = about?.Message ?? InstanceIds.MessageOf(instance) ?? (key?.StartsWith("m-", StringComparison.Ordinal) == true ? key : null);
        return new InvocationSubject(message, about?.Conversation, instance, about?.Retry ?? 0);
    }

    /// <summary>For a logger's scope; null when nothing is known.</summary>
    public IReadOnlyDictionary<string, object>? Scope()
    {
        var scope = new Dictionary<string, object>(3);
        if (Message is not null) scope[TelemetryNames.MessageId] = Message;
        if (Conversation is not null) scope[TelemetryNames.ConversationId] = Conversation;
        if (Instance is not null) scope[TelemetryNames.InstanceId] = Instance;
        return scope.Count > 0 ? scope : null;
    }

    // The hosts write the names in different case.
    private static string? Text(IReadOnlyDictionary<string, object?> data, string name) =>
        (data.TryGetValue(name, out var value) || data.TryGetValue(char.ToLowerInvariant(name[0]) + name[1..], out value)) ? value as string ?? value?.ToString() : null;
}
