using AutoFlow.Storage.Postgres;
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

    [Theory, OnSqlite, OnPostgres]
    public async Task The_scripts_and_the_model_name_the_same_tables_columns_and_nulls(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await using var db = await data.Get<IDbContextFactory<SupportDbContext>>().CreateDbContextAsync(None);

        var model = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Where(property => property.Name != "xmin").Select(property =>
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            return $"{table.Name}.{property.GetColumnName(table)} {(property.IsNullable ? "null" : "not null")}{(property.IsPrimaryKey() ? " key" : "")}";
        }));
        var schema = (await Catalog.ColumnsAsync(data)).Where(column => !column.StartsWith("counters.", StringComparison.Ordinal) && !column.StartsWith("schema_versions.", StringComparison.Ordinal));

        // Without the types, which the model leaves to the database.
        Assert.Equal(schema.Select(column => string.Join(' ', column.Split(' ').Where((_, place) => place != 1))).Order(StringComparer.Ordinal), model.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Connections_to_a_file_are_durable_and_wait_for_others()
    {
        await using var data = await SupportData.OpenAsync(On.Sqlite);
        await using var db = await data.Get<IDbContextFactory<SupportDbContext>>().CreateDbContextAsync(None);

        Assert.Equal(["wal"], await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").ToListAsync(None));
        Assert.Equal([2], await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").ToListAsync(None));
        Assert.Equal([10_000], await db.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").ToListAsync(None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Preparing_again_and_from_many_sides_at_once_applies_each_script_once(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await SupportData.SixteenTimesAsync(async number =>
        {
            await using var other = data.Compose();
            await other.GetRequiredService<SupportDatabase>().PrepareAsync(None);
            return number;
        });

        Assert.Equal(SchemaScript.All.Select(script => script.Name), await data.QueryAsync("SELECT name FROM schema_versions ORDER BY number"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_worker_beside_a_newer_one_starts_on_its_schema(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await data.QueryAsync("INSERT INTO schema_versions VALUES (999, '0999-later', 'x', 'x')");

        await data.Get<SupportDatabase>().PrepareAsync(None);

        Assert.True((await data.Get<DatabaseProbe>().LookAsync(None)).IsGood);
    }

    [Theory]
    [OnSqlite("UPDATE schema_versions SET hash = 'other'", "was changed")]
    [OnPostgres("UPDATE schema_versions SET hash = 'other'", "was changed")]
    public async Task A_database_of_another_version_is_refused(On on, string damage, string message)
    {
        await using var data = await SupportData.OpenAsync(on);
        await data.QueryAsync(damage);

        var refused = await Assert.ThrowsAsync<SupportDatabaseException>(() => data.Get<SupportDatabase>().PrepareAsync(None));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_processes_with_sixteen_writers_each_lose_nothing(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await using var other = data.Compose();
        IInbox[] sides = [data.Get<IInbox>(), other.GetRequiredService<IInbox>()];

        // Every message comes on both sides; each must be stored by exactly one.
        var results = await Task.WhenAll(sides.SelectMany(inbox => Enumerable.Range(0, 64).Select(number =>
            Task.Run(() => inbox.AddAsync(SupportData.Mail($"<{number}@x>"), None)))));

        Assert.Equal(64, results.Count(result => result.Added));
        Assert.Equal(64, await data.Get<IInbox>().CountAsync(None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_write_that_is_cut_off_leaves_nothing_behind(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var writer = data.Get<SupportWriter>();

        await Assert.ThrowsAsync<TimeoutException>(() => writer.WriteAsync(
            async db =>
            {
                await db.NextAsync("tickets", None);
                await db.SaveChangesAsync(None);
                throw new TimeoutException("the process dies here");
            },
            None));
        await data.ReopenAsync();

        var ticket = await data.Get<ITickets>().OpenAsync(
            new NewTicket { Type = TicketType.Fault, Priority = TicketPriority.Low, Department = "it", Subject = "s", Summary = "s", InstanceId = "i" }, "k", None);
        Assert.Equal("T-1001", ticket.Number);
    }

    [Fact]
    public async Task A_committed_write_to_a_file_is_in_the_log_when_the_process_dies()
    {
        await using var data = await SupportData.OpenAsync(On.Sqlite);
        var id = (await data.Get<IInbox>().AddAsync(SupportData.Mail("<a@x>"), None)).Entry.Id;

        // What a kill leaves: the files as they are on the disk now, without any close or checkpoint.
        var copy = Path.Combine(Directory.CreateTempSubdirectory("autoflow-crash-").FullName, "support.db");
        foreach (var suffix in new[] { "", "-wal" })
            File.Copy(data.Path + suffix, copy + suffix);

        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        await connection.OpenAsync(None);
        await using var command = new SqliteCommand("SELECT id FROM inbox", connection);
        Assert.Equal(id, await command.ExecuteScalarAsync(None));
        await connection.CloseAsync();
        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
    }

    [Fact]
    public void A_place_must_be_named_once()
    {
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddSupportStorage(_ => { }));
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddSupportStorage(options => (options.Folder, options.ConnectionString) = ("a", "b")));
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddSupportStorage(options => (options.Folder, options.Postgres) = ("a", new PostgresOptions())));
    }
}
