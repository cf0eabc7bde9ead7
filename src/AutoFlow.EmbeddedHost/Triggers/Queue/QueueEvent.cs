using System.Reflection;
using AutoFlow.EmbeddedHost.Hosting;
using Azure.Storage.Queues.Models;

namespace AutoFlow.EmbeddedHost.Triggers.Queue;

/// <summary>A queue message was taken.</summary>
/// <param name="Message">The message, decoded.</param>
/// <param name="Queue">The queue.</param>
internal sealed record QueueEvent(QueueMessage Message, string Queue) : TriggerEvent($"New queue message detected on '{Queue}'.")
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> BindingData => new Dictionary<string, object?>
    {
        ["QueueTrigger"] = Message.Body.ToString(),
        ["DequeueCount"] = Message.DequeueCount,
        ["ExpirationTime"] = Message.ExpiresOn,
        ["Id"] = Message.MessageId,
        ["InsertionTime"] = Message.InsertedOn,
        ["NextVisibleTime"] = Message.NextVisibleOn,
        ["PopReceipt"] = Message.PopReceipt,
    };

    /// <inheritdoc/>
    public override ValueTask<object?> BindAsync(ParameterInfo parameter, ParameterSource source, CancellationToken ct)
    {
        var type = parameter.ParameterType;
        return new ValueTask<object?>(
            type == typeof(string) ? Message.Body.ToString()
            : type == typeof(BinaryData) ? Message.Body
            : type == typeof(byte[]) ? Message.Body.ToArray()
            : type == typeof(QueueMessage) ? Message
            : FromJson(Message.Body.ToString(), parameter));
    }
}
