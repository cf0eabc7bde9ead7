using AutoFlow.Storage.Schema;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Tickets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Storage.Tests;

public sealed class DatabaseTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_scripts_and_the_model_name_the_same_tables_columns_and_nulls()
    {
        await using var file = await SupportFile.OpenAsync();
        await using var db = await file.Get<IDbContextFactory<SupportDbContext>>().CreateDbContextAsync(None);

        var model = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property =>
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            return $"{table.Name}.{property.GetColumnName(table)} {(property.IsNullable ? "null" : "not null")}{(property.IsPrimaryKey() ? " key" : "")}";
        }));
        var schema = Query(file.Path, """
            SELECT t.name || '.' || c.name || CASE c."notnull" WHEN 1 THEN ' not null' ELSE ' null' END || CASE WHEN c.pk > 0 THEN ' key' ELSE '' END
            FROM sqlite_schema t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT IN ('counters', 'schema_versions') AND t.name NOT LIKE 'sqlite_%'
            """);

        Assert.Equal(schema.Order(StringComparer.Ordinal), model.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Connections_are_durable_and_wait_for_others()
    {
        await using var file = await SupportFile.OpenAsync();
        await using var db = await file.Get<IDbContextFactory<SupportDbContext>>().CreateDbContextAsync(None);

        Assert.Equal(["wal"], await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").ToListAsync(None));
        Assert.Equal([2], await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").ToListAsync(None));
        Assert.Equal([10_000], await db.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").ToListAsync(None));
    }

    [Fact]
    public async Task Preparing_again_and_from_many_sides_at_once_applies_each_script_once()
    {
        await using var file = await SupportFile.OpenAsync();
        await SupportFile.SixteenTimesAsync(async number =>
        {
            await using var other = file.Compose();
            await other.GetRequiredService<SupportDatabase>().PrepareAsync(None);
            return number;
        });

        Assert.Equal(SchemaScript.All.Select(script => script.Name), Query(file.Path, "SELECT name FROM schema_versions ORDER BY number"));
    }

    [Theory]
    [InlineData("INSERT INTO schema_versions VALUES (999, '0999-later', 'x', 'x')", "newer version")]
    [InlineData("UPDATE schema_versions SET hash = 'other'", "was changed")]
    public async Task A_database_of_another_version_is_refused(string damage, string message)
    {
        await using var file = await SupportFile.OpenAsync();
        Query(file.Path, damage);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => file.Get<SupportDatabase>().PrepareAsync(None));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_with_sixteen_writers_each_lose_nothing()
    {
        await using var file = await SupportFile.OpenAsync();
        await using var other = file.Compose();
        IInbox[] sides = [file.Get<IInbox>(), other.GetRequiredService<IInbox>()];

        // Every message comes on both sides; each must be stored by exactly one.
        var results = await Task.WhenAll(sides.SelectMany(inbox => Enumerable.Range(0, 64).Select(number =>
            Task.Run(() => inbox.AddAsync(SupportFile.Mail($"<{number}@x>"), None)))));

        Assert.Equal(64, results.Count(result => result.Added));
        Assert.Equal(64, await file.Get<IInbox>().CountAsync(None));
    }

    [Fact]
    public async Task A_write_that_is_cut_off_leaves_nothing_behind()
    {
        await using var file = await SupportFile.OpenAsync();
        var writer = file.Get<SupportWriter>();

        await Assert.ThrowsAsync<TimeoutException>(() => writer.WriteAsync(
            async db =>
            {
                await db.NextAsync("tickets", None);
                await db.SaveChangesAsync(None);
                throw new TimeoutException("the process dies here");
            },
            None));
        await file.ReopenAsync();

        var ticket = await file.Get<ITickets>().OpenAsync(
            new NewTicket { Type = TicketType.Fault, Priority = TicketPriority.Low, Department = "it", Subject = "s", Summary = "s", InstanceId = "i" }, "k", None);
        Assert.Equal("T-1001", ticket.Number);
    }

    [Fact]
    public async Task A_committed_write_is_in_the_log_when_the_process_dies()
    {
        await using var file = await SupportFile.OpenAsync();
        var id = (await file.Get<IInbox>().AddAsync(SupportFile.Mail("<a@x>"), None)).Entry.Id;

        // What a kill leaves: the files as they are on the disk now, without any close or checkpoint.
        var copy = Path.Combine(Directory.CreateTempSubdirectory("autoflow-crash-").FullName, "support.db");
        foreach (var suffix in new[] { "", "-wal" })
            File.Copy(file.Path + suffix, copy + suffix);

        Assert.Equal([id], Query(copy, "SELECT id FROM inbox"));
        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
    }

    [Fact]
    public void A_place_must_be_named_once()
    {
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddSupportStorage(_ => { }));
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddSupportStorage(options => (options.Folder, options.ConnectionString) = ("a", "b")));
    }

    private static List<string> Query(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
