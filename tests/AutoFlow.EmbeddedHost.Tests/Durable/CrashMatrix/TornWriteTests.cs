using System.Threading.Channels;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.Win32.SafeHandles;
using Xunit.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;

/// <summary>
/// At each commit of a run the database files are copied as they lie, the copy's last commit is torn as a power cut may tear it, and the copy goes on:
/// the commit is not there at all, and everything comes to the same end.
/// </summary>
public sealed class TornWriteTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("autoflow-torn-").FullName, "host.db");
    private readonly Lock _gate = new();
    private readonly SortedDictionary<Tear, int> _counts = [];
    private SafeFileHandle? _database;
    private SafeFileHandle? _log;

    /// <summary>What was there at a commit.</summary>
    private sealed record Moment(long Commit, WalImage Image, string Contents, DateTimeOffset Now, IReadOnlyList<string> Ran);

    public void Dispose()
    {
        _database?.Dispose();
        _log?.Dispose();
        Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
    }

    [Fact]
    public async Task A_torn_commit_is_not_there_and_the_rest_goes_on()
    {
        // Few at a time: each is a copy of the files. The run waits in its commit until there is room.
        var moments = Channel.CreateBounded<(Moment Before, Moment At)>(2);
        var consumers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await foreach (var (before, at) in moments.Reader.ReadAllAsync())
                await GoOnAsync(before, at);
        })).ToList();
        var run = Task.Run(() => RunAsync(pair =>
        {
            while (!moments.Writer.TryWrite(pair))
                Assert.True(moments.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult(), "Nobody takes them any more.");
        }));
        var first = await Task.WhenAny([run, .. consumers]);
        moments.Writer.TryComplete(first.Exception);
        await Task.WhenAll([.. consumers, run]);
        output.WriteLine(string.Join(", ", _counts.Select(count => $"{count.Key} {count.Value}")));
        foreach (var tear in Enum.GetValues<Tear>())
            Assert.True(_counts.GetValueOrDefault(tear) > 5, $"{tear}: {_counts.GetValueOrDefault(tear)}");
    }

    /// <summary>Runs to the end; tells of each commit and the one before it.</summary>
    private async Task RunAsync(Action<(Moment Before, Moment At)> tell)
    {
        await using var host = new DurableHost(inMemory: false) { FilePath = _path, MaxWritesPerCommit = 1, Options = new() { MaxConcurrentActivities = 2, MaxConcurrentOrchestrations = 2 } }
            .WithRepertoire();
        Moment? before = null;
        host.Configure = options => options with
        {
            Committed = commit =>
            {
                var at = new Moment(commit, Copy(), StoreTables.Look(_path, StoreTables.Contents), host.Time.GetUtcNow(), [.. host.Ran]);
                if (before is not null)
                    tell((before, at));
                before = at;
            },
        };
        await host.StartAsync();
        await host.DriveAsync(RepertoireHost.Flows);
        await Continued.AssertEndAsync(host);
    }

    /// <summary>Goes on from each way the commit may be torn; in an ordinary run from one of them, the next for the next commit.</summary>
    private async Task GoOnAsync(Moment before, Moment at)
    {
        // Where the log has already gone into the database, or nothing was written, there is nothing to tear.
        var canTear = at.Image.LastCommit() is not null && at.Contents != before.Contents && at.Image.Database.AsSpan().SequenceEqual(before.Image.Database);
        var all = Enum.GetValues<Tear>();
        var tears = !canTear ? [Tear.None] : LongMode.Length is null ? [all[at.Commit % all.Length]] : all;
        foreach (var tear in tears)
        {
            var keeps = at.Commit % 2 == 0 ? 2_000 : 0;
            await using var host = new DurableHost(inMemory: false) { Options = new() { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4, MaxInstancesInMemory = keeps } }
                .WithRepertoire();
            host.Time.Set(at.Now);
            foreach (var call in at.Ran)
                host.Ran.Enqueue(call);
            at.Image.Write(host.FilePath, tear);
            Assert.Equal(tear == Tear.None ? at.Contents : before.Contents, StoreTables.LookAtCopy(host.FilePath, StoreTables.Contents));
            await Continued.ToTheEndAsync(host, $"{tear} at commit {at.Commit}");
            lock (_gate)
                _counts[tear] = _counts.GetValueOrDefault(tear) + 1;
        }
    }

    private WalImage Copy()
    {
        // Kept open: closing a file of a database takes this process's locks on it away (POSIX).
        _database ??= File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _log ??= File.OpenHandle(_path + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new WalImage(Read(_database), Read(_log));
    }

    private static byte[] Read(SafeFileHandle file)
    {
        var bytes = new byte[RandomAccess.GetLength(file)];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is var count and > 0)
            read += count;
        return bytes;
    }
}
