using System.Data.Common;
using System.Globalization;
using AutoFlow.Support.Conversations;

namespace AutoFlow.Storage.Conversations;

/// <summary>The statements of conversations that every message needs.</summary>
internal static class ConversationSql
{
    private const string Columns = "id, channel, customer_address, customer_name, language, subject, open_instance_id, last_message_id";

    public const string Find = $"SELECT {Columns} FROM conversations WHERE id = @id";

    public const string Joined = $"SELECT {Columns} FROM conversations WHERE id = (SELECT conversation_id FROM conversation_messages WHERE inbox_id = @inbox)";

    public const string ByThread = """
        SELECT id FROM conversations
        WHERE id = (SELECT conversation_id FROM conversation_threads WHERE channel = @channel AND thread_id = @thread) AND customer_address = @address
        """;

    // "hi", "where is my order", "1001": three messages, one matter. Two that name different orders are two.
    public const string ByBurst = """
        SELECT id FROM conversations
        WHERE channel = @channel AND customer_address = @address AND last_message_at >= @from AND last_message_at <= @to
        ORDER BY last_message_at DESC, seq DESC LIMIT 1
        """;

    public const string ByBurstWithoutOrder = """
        SELECT id FROM conversations
        WHERE channel = @channel AND customer_address = @address AND last_message_at >= @from AND last_message_at <= @to
          AND NOT EXISTS (SELECT 1 FROM conversation_orders WHERE conversation_id = conversations.id)
        ORDER BY last_message_at DESC, seq DESC LIMIT 1
        """;

    public const string Begin = """
        INSERT INTO conversations (id, seq, channel, customer_address, customer_name, language, subject, last_message_id, last_message_at)
        VALUES (@id, @seq, @channel, @address, @name, @language, @subject, @message, @at)
        """;

    /// <summary>An older message that comes late changes nothing but what is missing.</summary>
    public const string GoOn = $"""
        UPDATE conversations SET
          language = CASE WHEN @at >= last_message_at THEN @language ELSE language END,
          last_message_id = CASE WHEN @at >= last_message_at THEN @message ELSE last_message_id END,
          last_message_at = CASE WHEN @at >= last_message_at THEN @at ELSE last_message_at END,
          customer_name = COALESCE(customer_name, @name),
          subject = COALESCE(subject, @subject)
        WHERE id = @id RETURNING {Columns}
        """;

    public const string RememberMessage = "INSERT INTO conversation_messages (inbox_id, channel, message_id, conversation_id) VALUES (@inbox, @channel, @message, @id)";

    public const string RememberThread =
        "INSERT INTO conversation_threads (channel, thread_id, conversation_id) VALUES (@channel, @thread, @id) ON CONFLICT (channel, thread_id) DO NOTHING";

    public const string RememberOrder =
        "INSERT INTO conversation_orders (conversation_id, order_number) VALUES (@id, @order) ON CONFLICT (conversation_id, order_number) DO NOTHING";

    public const string Claim = "UPDATE conversations SET open_instance_id = COALESCE(open_instance_id, @instance) WHERE id = @id RETURNING open_instance_id";

    public const string Release = "UPDATE conversations SET open_instance_id = NULL WHERE id = @id AND open_instance_id = @instance";

    /// <param name="orders">How many order numbers are looked for.</param>
    public static string ByMatter(int orders) => $"""
        SELECT id FROM conversations
        WHERE channel = @channel AND customer_address = @address AND last_message_at > @since AND EXISTS (
          SELECT 1 FROM conversation_orders WHERE conversation_id = conversations.id AND order_number IN ({string.Join(", ", Enumerable.Range(0, orders).Select(OrderName))}))
        ORDER BY last_message_at DESC, seq DESC LIMIT 1
        """;

    /// <summary>The name of the parameter for one of the order numbers.</summary>
    public static string OrderName(int number) => string.Create(CultureInfo.InvariantCulture, $"@order_{number}");

    public static Conversation Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Channel = row.GetString(1),
        CustomerAddress = row.GetString(2),
        CustomerName = row.Text(3),
        Language = row.Text(4),
        Subject = row.Text(5),
        OpenInstanceId = row.Text(6),
        LastMessageId = row.Text(7),
    };
}
