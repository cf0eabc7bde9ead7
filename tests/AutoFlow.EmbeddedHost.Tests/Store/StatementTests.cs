using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;

namespace AutoFlow.EmbeddedHost.Tests.Store;

/// <summary>Prepared statements that are used again and again.</summary>
public sealed class StatementTests
{
    private static Statements Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("CREATE TABLE word (key INTEGER PRIMARY KEY, text TEXT)");
        return new Statements(connection);
    }

    private static string? Kept(Statements database, string? text)
    {
        database["INSERT OR REPLACE INTO word (key, text) VALUES (1, ?1)"].Bind(1, text).Run();
        var row = database["SELECT text FROM word WHERE key = 1"];
        Assert.True(row.Read());
        var kept = row.Text(0);
        Assert.False(row.Read());
        return kept;
    }

    public static TheoryData<string?> Texts => [null, "", "a", "Grüße 🚚", new string('ß', 170), new string('ß', 171), new string('x', 512), new string('日', 100_000)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_kept_as_it_is(string? text)
    {
        using var database = Open();

        Assert.Equal(text, Kept(database, text));
    }

    [Fact]
    public void A_statement_that_held_a_long_text_takes_the_next()
    {
        using var database = Open();

        foreach (var text in new[] { new string('x', 100_000), "short", null, "", new string('y', 70_000), null })
            Assert.Equal(text, Kept(database, text));
    }

    [Fact]
    public void The_statement_of_a_text_is_the_same_however_the_text_was_made()
    {
        using var database = Open();
        const string Literal = "SELECT 1 FROM word WHERE key = ?1";
        var made = string.Concat("SELECT 1 FROM word ", "WHERE key = ?1".ToLowerInvariant().Replace("where", "WHERE", StringComparison.Ordinal));
        Assert.NotSame(Literal, made);

        Assert.Same(database[made], database[Literal]);
        Assert.Same(database[Literal], database[made]);
    }
}
