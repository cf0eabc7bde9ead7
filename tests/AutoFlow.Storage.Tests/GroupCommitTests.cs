using AutoFlow.Support.Messages;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Tests;

/// <summary>Writes to SQLite that wait together share a commit, and nothing else.</summary>
public sealed class GroupCommitTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_and_takes_none_of_its_group_with_it()
    {
        await using var data = await SupportData.OpenAsync(On.Sqlite);
        var group = await GroupAsync(data);

        var before = data.Get<IInbox>().AddAsync(SupportData.Mail("<before@x>"), None);
        var failing = data.Get<SupportWriter>().WriteAsync(
            async db =>
            {
                await db.NextAsync("inbox", None);
                throw new TimeoutException("in the middle of it");
            },
            None);
        var after = data.Get<IInbox>().AddAsync(SupportData.Mail("<after@x>"), None);
        group.SetResult();

        Assert.True((await before).Added);
        await Assert.ThrowsAsync<TimeoutException>(() => failing);
        Assert.True((await after).Added);
        Assert.Equal(["1", "2"], await data.QueryAsync("SELECT CAST(seq AS TEXT) FROM inbox ORDER BY seq"));
    }

    [Fact]
    public async Task A_statement_that_is_refused_takes_none_of_its_group_with_it()
    {
        await using var data = await SupportData.OpenAsync(On.Sqlite);
        var group = await GroupAsync(data);

        var before = data.Get<IInbox>().AddAsync(SupportData.Mail("<before@x>"), None);
        var refused = data.Get<SupportWriter>().WriteAsync(db => db.Database.ExecuteSqlAsync($"INSERT INTO counters (name, value) VALUES ('inbox', 7)", None), None);
        var after = data.Get<IInbox>().AddAsync(SupportData.Mail("<after@x>"), None);
        group.SetResult();

        Assert.True((await before).Added);
        await Assert.ThrowsAsync<SqliteException>(() => refused);
        Assert.True((await after).Added);
        Assert.Equal(2, await data.Get<IInbox>().CountAsync(None));
    }

    [Fact]
    public async Task What_is_cancelled_while_it_waits_is_not_begun()
    {
        await using var data = await SupportData.OpenAsync(On.Sqlite);
        var group = await GroupAsync(data);
        using var stopped = new CancellationTokenSource();

        var waiting = data.Get<IInbox>().AddAsync(SupportData.Mail("<a@x>"), stopped.Token);
        await stopped.CancelAsync();
        group.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, await data.Get<IInbox>().CountAsync(None));
    }

    [Fact]
    public async Task What_was_asked_for_before_the_end_is_written()
    {
        var data = await SupportData.OpenAsync(On.Sqlite);
        var group = await GroupAsync(data);
        var last = data.Get<IInbox>().AddAsync(SupportData.Mail("<last@x>"), None);

        var ending = data.DisposeAsync();
        group.SetResult();
        await ending;

        Assert.True((await last).Added);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => data.Get<SupportWriter>().WriteAsync(_ => Task.CompletedTask, None));
    }

    [Fact]
    public async Task The_log_stays_small_though_somebody_always_reads()
    {
        const int Writes = 700;
        await using var data = await SupportData.OpenAsync(On.Sqlite);
        var inbox = data.Get<IInbox>();
        using var done = new CancellationTokenSource();
        var reading = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await inbox.ListAsync(0, 60, None);
        })));

        for (var number = 0; number < Writes; number++)
        {
            data.Clock.Advance(TimeSpan.FromSeconds(1));
            await inbox.AddAsync(SupportData.Mail($"<{number}@x>") with { Text = new string('x', 8_000) }, None);
        }

        await done.CancelAsync();
        await reading;

        // Without a new beginning it would hold all that was written, some 35 MB.
        Assert.InRange(new FileInfo(data.Path + "-wal").Length, 0, 20_000_000);
    }

    /// <summary>A backup reads for long: the writer waits for it once, and then not again for a minute.</summary>
    [Fact]
    public async Task A_log_that_somebody_reads_for_long_is_left_alone_for_a_minute()
    {
        await using var data = await SupportData.OpenAsync(On.Sqlite);
        var dialect = data.Get<Dialect>();
        await using var db = await data.Get<IDbContextFactory<SupportDbContext>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var reader = new SqliteConnection($"Data Source={data.Path};Pooling=False");
        await reader.OpenAsync();
        var reading = reader.BeginTransaction(deferred: true);
        await using (var command = reader.CreateCommand())
        {
            command.Transaction = reading;
            command.CommandText = "SELECT count(*) FROM inbox";
            await command.ExecuteScalarAsync();
        }

        await data.Get<IInbox>().AddAsync(SupportData.Mail("<large@x>") with { Text = new string('x', 9 * 1024 * 1024) }, None);
        await dialect.TidyAsync(db);
        await reading.DisposeAsync();
        data.Clock.Advance(TimeSpan.FromSeconds(59));
        await dialect.TidyAsync(db);
        Assert.InRange(Log(), 8 * 1024 * 1024, long.MaxValue);

        data.Clock.Advance(TimeSpan.FromSeconds(1));
        await dialect.TidyAsync(db);
        Assert.Equal(0, Log());

        long Log() => new FileInfo(data.Path + "-wal").Length;
    }

    /// <summary>A connection that cannot even be closed ends the write that it was for, and no other.</summary>
    [Fact]
    public async Task A_connection_that_breaks_does_not_end_the_writer()
    {
        await using var data = await SupportData.OpenAsync(On.Sqlite);

        await Assert.ThrowsAnyAsync<Exception>(() => data.Get<SupportWriter>().WriteAsync(
            async db =>
            {
                await db.DisposeAsync();
                throw new IOException("gone");
            },
            None));

        Assert.True((await data.Get<IInbox>().AddAsync(SupportData.Mail("<next@x>"), None)).Added);
    }

    /// <summary>What is written from here on waits together, until the source is set.</summary>
    private static async Task<TaskCompletionSource> GroupAsync(SupportData data)
    {
        var (begun, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _ = data.Get<SupportWriter>().WriteAsync(
            async _ =>
            {
                begun.SetResult();
                await mayEnd.Task;
            },
            None);
        await begun.Task;
        return mayEnd;
    }
}
