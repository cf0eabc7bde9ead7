using AutoFlow.Storage.Schema;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Storage.Tests;

public sealed class SchemaTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>What a database in use has applied: it refuses a text that differs.</summary>
    private static readonly string[] Released =
    [
        "0001-support",
        "0002-model-calls",
        "0003-senders",
        "0004-training",
    ];

    [Theory, OnPostgres]
    public async Task One_text_makes_the_same_tables_columns_and_indexes_on_both(On other)
    {
        await using var file = await SupportData.OpenAsync(On.Sqlite);
        await using var server = await SupportData.OpenAsync(other);

        Assert.Equal(await Catalog.ColumnsAsync(file), await Catalog.ColumnsAsync(server));
        Assert.Equal(await Catalog.IndexesAsync(file), await Catalog.IndexesAsync(server));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_database_of_every_earlier_version_becomes_the_same_as_a_new_one_and_keeps_its_data(On on)
    {
        await using var made = await SupportData.OpenAsync(on);
        for (var version = 1; version < SchemaScript.All.Count; version++)
        {
            await using var data = await SupportData.EmptyAsync(on);
            await Database(data, SchemaScript.All.Take(version)).PrepareAsync(None);
            await data.QueryAsync("""
                INSERT INTO inbox (id, seq, channel, message_id, message, state, stored_at, as_event)
                VALUES ('m-1', 1, 'mail', '<1@x>', '{"id":"<1@x>","channel":"mail","from":"anna@example.de","text":"Hallo","receivedAt":"2026-03-02T09:30:00+00:00","headers":{}}', 'Received', '2026-03-02T09:30:00.0000000Z', false)
                """);
            await data.QueryAsync("""
                INSERT INTO outbox (key, seq, state, conversation_id, instance_id, channel, "to", subject, text, paragraphs, language, created_at, attempts, proactive)
                VALUES ('k', 1, 'Pending', 'c', 'i', 'mail', 'anna@example.de', 's', 't', '', 'de', '2026-03-02T09:30:00.0000000Z', 0, false)
                """);
            await data.QueryAsync("UPDATE counters SET value = 1 WHERE name IN ('inbox', 'outbox')");

            await data.Get<SupportDatabase>().PrepareAsync(None);

            Assert.Equal(await Catalog.ColumnsAsync(made), await Catalog.ColumnsAsync(data));
            Assert.Equal(await Catalog.IndexesAsync(made), await Catalog.IndexesAsync(data));
            Assert.Equal("Hallo", (await data.Get<IInbox>().FindAsync("m-1", None))!.Message.Text);
            Assert.IsType<OutboxTurn.Ours>(await data.Get<IOutbox>().TakeTurnAsync("k", "worker", TestClock.Start.AddMinutes(1), None));
            Assert.True((await data.Get<IInbox>().AddAsync(SupportData.Mail("<2@x>"), None)).Added);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_sixteen_workers_that_start_at_once_one_changes_an_older_database_and_the_others_wait(On on)
    {
        await using var data = await SupportData.EmptyAsync(on);
        // A change that cannot be made twice, and that no key of a row betrays.
        SchemaScript[] scripts = [SchemaScript.All[0], new SchemaScript(2, "0002-next", "ALTER TABLE inbox ADD COLUMN next TEXT", "hash")];
        await Database(data, scripts.Take(1)).PrepareAsync(None);

        await SupportData.SixteenTimesAsync(async number =>
        {
            await using var other = data.Compose();
            await new SupportDatabase(other.GetRequiredService<IDbContextFactory<SupportDbContext>>(), other.GetRequiredService<Dialect>(), data.Clock, scripts).PrepareAsync(None);
            return number;
        });

        Assert.Equal(scripts.Select(script => script.Name), await data.QueryAsync("SELECT name FROM schema_versions ORDER BY number"));
    }

    [Fact]
    public void A_released_script_keeps_its_place_and_name() =>
        Assert.Equal(Released, SchemaScript.All.Take(Released.Length).Select(script => script.Name));

    private static SupportDatabase Database(SupportData data, IEnumerable<SchemaScript> scripts) =>
        new(data.Get<IDbContextFactory<SupportDbContext>>(), data.Get<Dialect>(), data.Clock, [.. scripts]);
}
