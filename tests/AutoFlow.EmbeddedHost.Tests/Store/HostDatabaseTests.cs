using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;

namespace AutoFlow.EmbeddedHost.Tests.Store;

public sealed class HostDatabaseTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "autoflow-tests", Guid.NewGuid().ToString("N"));

    private string FilePath => Path.Combine(_folder, "host.db");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static int Insert(SqliteConnection connection, int number)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS t (n INTEGER NOT NULL UNIQUE); INSERT INTO t VALUES ($n)";
        command.Parameters.AddWithValue("$n", number);
        return command.ExecuteNonQuery();
    }

    private static long Count(SqliteConnection connection) => (long)connection.Scalar("SELECT count(*) FROM t")!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_that_throws_does_not_disturb_its_neighbours(bool inMemory)
    {
        await using var database = HostDatabase.Open(inMemory ? ":memory:" : FilePath);
        await database.WriteAsync(connection => Insert(connection, -1));
        var writes = Enumerable.Range(0, 300).Select(number => database.WriteAsync(connection =>
        {
            Insert(connection, number);
            return number % 3 == 0 ? throw new InvalidOperationException($"no {number}") : number;
        })).ToList();
        for (var number = 0; number < writes.Count; number++)
        {
            if (number % 3 == 0)
                Assert.Equal($"no {number}", (await Assert.ThrowsAsync<InvalidOperationException>(() => writes[number])).Message);
            else
                Assert.Equal(number, await writes[number]);
        }

        Assert.Equal(201, database.Read(Count));
    }

    [Fact]
    public async Task A_constraint_that_fails_is_the_callers_error_alone()
    {
        await using var database = HostDatabase.Open(":memory:");
        var writes = new[] { 1, 1, 2 }.Select(number => database.WriteAsync(connection => Insert(connection, number))).ToList();
        await writes[0];
        await Assert.ThrowsAsync<SqliteException>(() => writes[1]);
        await writes[2];
        Assert.Equal(2, database.Read(Count));
    }

    [Fact]
    public async Task Writes_that_wait_share_a_commit()
    {
        var commits = 0L;
        using var hold = new ManualResetEventSlim();
        await using var database = HostDatabase.Open(FilePath, new HostDatabaseOptions { Committed = number => commits = number });
        var first = database.WriteAsync(connection =>
        {
            hold.Wait();
            return Insert(connection, 0);
        });
        var rest = Enumerable.Range(1, 100).Select(number => database.WriteAsync(connection => Insert(connection, number))).ToList();
        hold.Set();
        await Task.WhenAll([first, .. rest]);
        Assert.InRange(commits, 1, 2);
        Assert.Equal(101, database.Read(Count));
    }

    [Fact]
    public async Task A_completed_write_is_in_the_file()
    {
        await using (var database = HostDatabase.Open(FilePath))
            await database.WriteAsync(connection => Insert(connection, 1));
        await using var again = HostDatabase.Open(FilePath);
        Assert.Equal(1, again.Read(Count));
        Assert.Equal("wal", again.Read(connection => connection.Scalar("PRAGMA journal_mode")));
    }

    [Fact]
    public async Task Readers_cannot_write()
    {
        await using var database = HostDatabase.Open(FilePath);
        Assert.Throws<SqliteException>(() => database.Read(connection => Insert(connection, 1)));
    }

    [Fact]
    public async Task A_file_in_use_is_refused_and_the_holder_is_named()
    {
        await using (HostDatabase.Open(FilePath))
        {
            var refused = Assert.Throws<DatabaseInUseException>(() => HostDatabase.Open(FilePath));
            Assert.Equal(Environment.ProcessId, refused.HolderPid);
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        }

        await using var free = HostDatabase.Open(FilePath);
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_refused()
    {
        await using (var database = HostDatabase.Open(FilePath))
            await database.WriteAsync(connection => connection.Execute("INSERT INTO schema_script VALUES ('999-future', 'x')"));
        var refused = Assert.Throws<InvalidOperationException>(() => HostDatabase.Open(FilePath));
        Assert.Contains("999-future", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_cancelled_before_it_began_never_runs()
    {
        using var hold = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        await using var database = HostDatabase.Open(":memory:");
        var first = database.WriteAsync(connection =>
        {
            hold.Wait();
            return Insert(connection, 1);
        });
        var second = database.WriteAsync(connection => Insert(connection, 2), cancel.Token);
        await cancel.CancelAsync();
        hold.Set();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, database.Read(Count));
    }

    [Fact]
    public async Task After_disposal_writes_are_refused_and_earlier_ones_are_kept()
    {
        var database = HostDatabase.Open(FilePath);
        var write = database.WriteAsync(connection => Insert(connection, 1));
        await database.DisposeAsync();
        await write;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(connection => Insert(connection, 2)));
    }
}
