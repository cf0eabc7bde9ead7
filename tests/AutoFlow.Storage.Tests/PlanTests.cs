using System.Reflection;
using AutoFlow.Storage.Conversations;
using AutoFlow.Storage.Inbox;
using AutoFlow.Storage.Journal;
using AutoFlow.Storage.Outbox;
using AutoFlow.Storage.Pushes;
using AutoFlow.Storage.Tickets;
using Microsoft.Data.Sqlite;

namespace AutoFlow.Storage.Tests;

/// <summary>What every message needs must cost the same with a hundred thousand rows as with ten.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task No_statement_that_every_message_needs_goes_through_a_table()
    {
        await using var data = await SupportData.OpenAsync(On.Sqlite);
        var statements = new[] { typeof(InboxSql), typeof(OutboxSql), typeof(ConversationSql), typeof(JournalStore), typeof(PushStore), typeof(TicketStore) }
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string) && field.Name != "Columns")
            .Select(field => (Name: $"{field.DeclaringType!.Name}.{field.Name}", Sql: (string)field.GetRawConstantValue()!))
            .Append((Name: "ConversationSql.ByMatter", Sql: ConversationSql.ByMatter(2)))
            .ToList();

        Assert.True(statements.Count > 25);
        Assert.All(statements, statement => Assert.DoesNotContain(Plan(data.Path, statement.Sql), GoesThroughATable));
    }

    /// <summary>Those that stand still are few, and an index has only them.</summary>
    private static bool GoesThroughATable(string step) =>
        step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("inbox_received", StringComparison.Ordinal) && step != "SCAN standing";

    private static List<string> Plan(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the storage.
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
#pragma warning restore CA2100
        foreach (var name in sql.Split(' ', '\n', ',', '(', ')').Where(word => word.StartsWith('@')).Distinct(StringComparer.Ordinal)) command.Parameters.AddWithValue(name, "x");
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));
        return steps;
    }
}
