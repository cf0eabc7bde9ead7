using System.Data.Common;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Storage.Inbox;

/// <summary>The statements of the inbox that every message needs.</summary>
internal static class InboxSql
{
    private const string Columns = "id, message, state, stored_at, understood, conversation_id, instance_id, workflow, reason, as_event, read_with, trace_parent, handed_over";

    public const string Find = $"SELECT {Columns} FROM inbox WHERE id = @id";

    public const string Known = $"SELECT {Columns} FROM inbox WHERE channel = @channel AND message_id = @message_id";

    public const string Add = """
        INSERT INTO inbox (id, seq, channel, message_id, message, sender, state, stored_at, as_event, trace_parent, handed_over)
        VALUES (@id, @seq, @channel, @message_id, @message, @sender, @state, @stored_at, FALSE, @trace_parent, FALSE)
        """;

    public const string Understood = """
        UPDATE inbox SET understood = @understood, conversation_id = @conversation WHERE id = @id AND state = 'Received' AND understood IS NULL
        """;

    public const string Routed = $"""
        UPDATE inbox SET state = 'Routed', instance_id = @instance, workflow = @workflow, reason = @reason, as_event = @as_event, handed_over = FALSE
        WHERE id = @id AND state = 'Received' RETURNING {Columns}
        """;

    public const string RoutedWith = "UPDATE inbox SET instance_id = @instance, workflow = @workflow WHERE read_with = @id";

    public const string HandedOver = "UPDATE inbox SET handed_over = TRUE WHERE id = @id AND state = 'Routed' AND instance_id = @instance";

    public const string Standing = $"SELECT {Columns} FROM inbox WHERE conversation_id = @conversation AND state = 'Received' ORDER BY seq";

    public const string OfSender = $"""
        SELECT {Columns} FROM inbox
        WHERE channel = @channel AND sender = @sender AND stored_at > @since AND seq <= (SELECT seq FROM inbox WHERE id = @id)
        ORDER BY seq DESC LIMIT @limit
        """;

    public const string CountStanding = "SELECT COUNT(*) FROM (SELECT 1 FROM inbox WHERE state = 'Received' LIMIT @limit) AS standing";

    public const string GivenTo = $"SELECT {Columns} FROM inbox WHERE instance_id = @instance AND as_event ORDER BY seq";

    public const string UnderstoodOf = "SELECT understood FROM inbox WHERE instance_id = @instance AND understood IS NOT NULL ORDER BY seq";

    public static InboxEntry Read(DbDataReader row)
    {
        var message = Json.Read<InboundMessage>(row.GetString(1));
        return new InboxEntry
        {
            Id = row.GetString(0),
            Message = message with { Headers = InboxRow.WithoutCase(message.Headers), TraceParent = row.Text(11) },
            State = row.Name<InboxState>(2),
            StoredAt = row.Time(3),
            Understood = row.Text(4) is { } understood ? Json.Read<UnderstoodMessage>(understood) : null,
            ConversationId = row.Text(5),
            InstanceId = row.Text(6),
            Workflow = row.Text(7),
            Reason = row.Text(8),
            AsEvent = row.GetBoolean(9),
            ReadWith = row.Text(10),
            HandedOver = row.GetBoolean(12),
        };
    }
}
