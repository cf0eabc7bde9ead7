using AutoFlow.Support.Journal;

namespace AutoFlow.Storage.Tests;

public sealed class JournalTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_is_written_once_and_read_in_order(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var journal = data.Get<IJournal>();
        var lookedUp = new JournalLine("i-1/1", "i-1", JournalKind.LookedUp, "order 1042", TestClock.Start);
        var did = new JournalLine("i-1/2", "i-1", JournalKind.Did, "trace opened", TestClock.Start);

        await journal.WriteAsync(lookedUp, None);
        await SupportData.SixteenTimesAsync(async number =>
        {
            await journal.WriteAsync(did, None);
            return number;
        });
        var other = did with { Key = "i-2/1", InstanceId = "i-2" };
        await journal.WriteAsync(other, None);
        await journal.WriteAsync(lookedUp with { Text = "again" }, None);
        await data.ReopenAsync();

        Assert.Equal([lookedUp, did], await data.Get<IJournal>().ReadAsync(["i-1"], None));
        Assert.Equal([lookedUp, did, other], await data.Get<IJournal>().ReadAsync(["i-2", "i-1"], None));
        Assert.Empty(await data.Get<IJournal>().ReadAsync(["i-3"], None));
        Assert.Empty(await data.Get<IJournal>().ReadAsync([], None));
    }
}
