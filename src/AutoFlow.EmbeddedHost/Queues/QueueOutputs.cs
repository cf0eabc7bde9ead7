using System.Collections;
using System.Text.Json;
using AutoFlow.EmbeddedHost.Hosting;
using Azure.Storage.Queues;

namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>Sends what functions return to their output queues. The queues are made at start.</summary>
internal sealed class QueueOutputs(QueueConnections connections)
{
    /// <summary>Makes a function's output queues.</summary>
    /// <param name="function">The function.</param>
    /// <param name="ct">Cancels.</param>
    public async Task PrepareAsync(FunctionDescriptor function, CancellationToken ct)
    {
        foreach (var output in function.Outputs)
            await Client(output).CreateIfNotExistsAsync(cancellationToken: ct);
    }

    /// <summary>Sends a function's outputs.</summary>
    /// <param name="function">The function.</param>
    /// <param name="result">What it returned.</param>
    /// <param name="ct">Cancels.</param>
    public async Task SendAsync(FunctionDescriptor function, object? result, CancellationToken ct)
    {
        foreach (var output in function.Outputs)
        {
            foreach (var body in Bodies(output.Property is null ? result : result is null ? null : output.Property.GetValue(result)))
                await Client(output).SendMessageAsync(body, cancellationToken: ct);
        }
    }

    /// <summary>The messages that a value becomes: none for null, one for a text, bytes or an object, one per element for an array or list.</summary>
    /// <param name="value">The value.</param>
    public static IEnumerable<BinaryData> Bodies(object? value) => value switch
    {
        null => [],
        string text => [BinaryData.FromString(text)],
        byte[] bytes => [BinaryData.FromBytes(bytes)],
        BinaryData data => [data],
        JsonElement element => [BinaryData.FromString(element.GetRawText())],
        IDictionary map => [Json(map)],
        IEnumerable many => many.Cast<object?>().SelectMany(Bodies),
        _ => [Json(value)],
    };

    private static BinaryData Json(object value) => BinaryData.FromString(JsonSerializer.Serialize(value, value.GetType(), JsonSerializerOptions.Web));

    private QueueClient Client(OutputBinding output) => connections.Service(output.Connection).GetQueueClient(output.Queue);
}
