using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>
/// Writes events as JSON. Those of every turn are written by hand: the serializer keeps a stack for what may be polymorphic, which costs
/// more than the events. What comes out is what the serializer writes (a test compares them), and is read by it.
/// </summary>
internal static class EventWriter
{
    private static readonly JsonEncodedText Event = JsonEncodedText.Encode("event");
    private static readonly JsonEncodedText TaskId = JsonEncodedText.Encode("taskId");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText Input = JsonEncodedText.Encode("input");
    private static readonly JsonEncodedText Result = JsonEncodedText.Encode("result");
    private static readonly JsonEncodedText Output = JsonEncodedText.Encode("output");
    private static readonly JsonEncodedText Payload = JsonEncodedText.Encode("payload");
    private static readonly JsonEncodedText FireAt = JsonEncodedText.Encode("fireAt");
    private static readonly JsonEncodedText TaskScheduled = JsonEncodedText.Encode("taskScheduled");
    private static readonly JsonEncodedText TaskCompleted = JsonEncodedText.Encode("taskCompleted");
    private static readonly JsonEncodedText EventRaised = JsonEncodedText.Encode("eventRaised");
    private static readonly JsonEncodedText TimerCreated = JsonEncodedText.Encode("timerCreated");
    private static readonly JsonEncodedText TimerFired = JsonEncodedText.Encode("timerFired");
    private static readonly JsonEncodedText ExecutionCompleted = JsonEncodedText.Encode("executionCompleted");

    /// <summary>Writes events as an array.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="events">The events.</param>
    /// <param name="others">How the serializer writes what is not written by hand.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<HistoryEvent> events, JsonTypeInfo<HistoryEvent> others)
    {
        writer.WriteStartArray();
        for (var i = 0; i < events.Count; i++)
            Write(writer, events[i], others);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, HistoryEvent written, JsonTypeInfo<HistoryEvent> others)
    {
        switch (written)
        {
            case TaskScheduled task:
                Begin(writer, TaskScheduled);
                writer.WriteNumber(TaskId, task.TaskId);
                writer.WriteString(Name, task.Name);
                WriteUnlessNull(writer, Input, task.Input);
                break;
            case TaskCompleted task:
                Begin(writer, TaskCompleted);
                writer.WriteNumber(TaskId, task.TaskId);
                WriteUnlessNull(writer, Result, task.Result);
                break;
            case EventRaised raised:
                Begin(writer, EventRaised);
                writer.WriteString(Name, raised.Name);
                WriteUnlessNull(writer, Payload, raised.Payload);
                break;
            case TimerCreated timer:
                Begin(writer, TimerCreated);
                writer.WriteNumber(TaskId, timer.TaskId);
                writer.WriteString(FireAt, timer.FireAt);
                break;
            case TimerFired timer:
                Begin(writer, TimerFired);
                writer.WriteNumber(TaskId, timer.TaskId);
                break;
            case ExecutionCompleted completed:
                Begin(writer, ExecutionCompleted);
                WriteUnlessNull(writer, Output, completed.Output);
                break;
            default:
                JsonSerializer.Serialize(writer, written, others);
                return;
        }

        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, JsonEncodedText kind)
    {
        writer.WriteStartObject();
        writer.WriteString(Event, kind);
    }

    private static void WriteUnlessNull(Utf8JsonWriter writer, JsonEncodedText name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
