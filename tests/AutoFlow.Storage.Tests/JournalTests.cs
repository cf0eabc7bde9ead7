using AutoFlow.Support.Journal;

namespace AutoFlow.Storage.Tests;

public sealed class JournalTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_key_is_written_once_and_read_in_order()
    {
        await using var file = await SupportFile.OpenAsync();
        var journal = file.Get<IJournal>();
        var lookedUp = new JournalLine("i-1/1", "i-1", JournalKind.LookedUp, "order 1042", TestClock.Start);
        var did = new JournalLine("i-1/2", "i-1", JournalKind.Did, "trace opened", TestClock.Start);

        await journal.WriteAsync(lookedUp, None);
        await SupportFile.SixteenTimesAsync(async number =>
        {
            await journal.WriteAsync(did, None);
            return number;
        });
        var other = did with { Key = "i-2/1", InstanceId = "i-2" };
        await journal.WriteAsync(other, None);
        await journal.WriteAsync(lookedUp with { Text = "again" }, None);
        await file.ReopenAsync();

        Assert.Equal([lookedUp, did], await file.Get<IJournal>().ReadAsync(["i-1"], None));
        Assert.Equal([lookedUp, did, other], await file.Get<IJournal>().ReadAsync(["i-2", "i-1"], None));
        Assert.Empty(await file.Get<IJournal>().ReadAsync(["i-3"], None));
        Assert.Empty(await file.Get<IJournal>().ReadAsync([], None));
    }
}
