using System.IO.Compression;
using System.Text.Json.Nodes;
using AutoFlow.Cli.Backup;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.Workflows.Catalog;
using Microsoft.Data.Sqlite;

namespace AutoFlow.Cli.Tests.Backup;

/// <summary>The moment that a backup says it is of.</summary>
public sealed class BackupMomentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autoflow");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Others' writes can be waited for half a minute, and what they write then is in the copy.</summary>
    [Fact]
    public async Task It_is_that_of_the_copy_when_nobody_else_can_write()
    {
        var data = Path.Combine(_folder.FullName, "data");
        await using (HostDatabase.Open(Path.Combine(data, "host.db"))) new Ledger(data).Do("something");
        var clock = new ClockThatLooks(Path.Combine(data, "support.db"));
        var file = Path.Combine(_folder.FullName, "b.zip");
        await using var output = new StringWriter();

        Assert.Equal(0, new BackupCommand(new Surroundings(FunctionCatalog.FromNames("sendReply"), output, output) { Time = clock }).Run(data, file));

        using var zip = ZipFile.OpenRead(file);
        await using var manifest = zip.GetEntry("manifest.json")!.Open();
        var taken = (await JsonNode.ParseAsync(manifest))!["taken"]!.GetValue<DateTimeOffset>();
        Assert.Equal(ClockThatLooks.Held, taken);
    }

    /// <summary>Tells one time while somebody holds the lock of writers, and another one while nobody does.</summary>
    private sealed class ClockThatLooks(string path) : TimeProvider
    {
        public static readonly DateTimeOffset Held = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow()
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE; ROLLBACK";
            try
            {
                command.ExecuteNonQuery();
                return Held.AddMinutes(-1);
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
            {
                return Held;
            }
        }
    }
}
