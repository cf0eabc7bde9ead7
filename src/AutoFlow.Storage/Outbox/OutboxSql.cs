using System.Data.Common;
using AutoFlow.Support.Outbox;

namespace AutoFlow.Storage.Outbox;

/// <summary>The statements of the outbox that every reply needs.</summary>
internal static class OutboxSql
{
    private const string Columns = """
        "key", seq, state, conversation_id, instance_id, channel, "to", in_reply_to, subject, text, paragraphs, language, held_because, created_at, sent_at,
        attempts, receipt, error, proactive, trace_parent, lease_owner, leased_until, lost_turns
        """;

    public const string Find = $"""SELECT {Columns} FROM outbox WHERE "key" = @key""";

    public const string Add = """
        INSERT INTO outbox ("key", seq, state, conversation_id, instance_id, channel, "to", in_reply_to, subject, text, paragraphs, language, held_because,
          created_at, attempts, receipt, proactive, trace_parent, lost_turns)
        VALUES (@key, @seq, @state, @conversation, @instance, @channel, @to, @in_reply_to, @subject, @text, @paragraphs, @language, @held_because,
          @created_at, @attempts, @receipt, @proactive, @trace_parent, 0)
        """;

    public const string TakeTurn = """
        UPDATE outbox SET lease_owner = @owner, leased_until = @until, attempts = @attempts, lost_turns = @lost_turns WHERE "key" = @key
        """;

    public const string EndTurn = """UPDATE outbox SET lease_owner = NULL, leased_until = NULL WHERE "key" = @key AND lease_owner = @owner""";

    public const string KeepReceipt = """UPDATE outbox SET receipt = @receipt WHERE "key" = @key AND state <> 'Sent' AND lease_owner = @owner""";

    public const string Sent = """
        UPDATE outbox SET state = 'Sent', sent_at = @sent_at, receipt = COALESCE(@receipt, receipt), error = NULL, lease_owner = NULL, leased_until = NULL
        WHERE "key" = @key AND state <> 'Sent'
        """;

    public static OutboxRow Read(DbDataReader row) => new()
    {
        Key = row.GetString(0),
        Seq = row.GetInt64(1),
        State = row.Name<OutboxState>(2),
        ConversationId = row.GetString(3),
        InstanceId = row.GetString(4),
        Channel = row.GetString(5),
        To = row.GetString(6),
        InReplyTo = row.Text(7),
        Subject = row.GetString(8),
        Text = row.GetString(9),
        Paragraphs = row.GetString(10),
        Language = row.GetString(11),
        HeldBecause = row.Text(12),
        CreatedAt = row.Time(13),
        SentAt = row.TimeOrNull(14),
        Attempts = row.GetInt32(15),
        Receipt = row.Text(16),
        Error = row.Text(17),
        Proactive = row.GetBoolean(18),
        TraceParent = row.Text(19),
        LeaseOwner = row.Text(20),
        LeasedUntil = row.TimeOrNull(21),
        LostTurns = row.GetInt32(22),
    };
}
