using AutoFlow.Support.Training;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Storage.Tests;

public sealed class CorrectionTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnSqlite, OnPostgres]
    public async Task The_last_word_counts_and_the_same_again_changes_nothing(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var corrections = data.Get<ICorrections>();

        var first = await corrections.KeepAsync(Of("m-1"), None);
        var again = await corrections.KeepAsync(Of("m-1") with { At = TestClock.Start.AddHours(1), Said = new ScoredIntent("complaint", 1) }, None);
        var other = await corrections.KeepAsync(Of("m-2"), None);
        var changed = await corrections.KeepAsync(Of("m-1") with { Intent = "exchange_item", By = "ben", Note = null, At = TestClock.Start.AddHours(2) }, None);
        await data.ReopenAsync();

        Assert.Equal((first, 1L, 2L, 3L), (again, first.Number, other.Number, changed.Number));
        Assert.Equal(first with { Intent = "exchange_item", By = "ben", Note = null, At = TestClock.Start.AddHours(2), Number = 3 }, changed);
        Assert.Equal([changed, other], await data.Get<ICorrections>().ListAsync(0, 10, None));
        Assert.Equal([other, changed], await data.Get<ICorrections>().AllAsync(None));
        Assert.Equal([other], await data.Get<ICorrections>().ListAsync(1, 10, None));
        Assert.Equal(2, await data.Get<ICorrections>().CountAfterAsync(0, None));
        Assert.Equal(1, await data.Get<ICorrections>().CountAfterAsync(2, None));
        Assert.Equal(0, await data.Get<ICorrections>().CountAfterAsync(3, None));
        Assert.Equal(changed, await data.Get<ICorrections>().FindAsync("m-1", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Sixteen_at_once_about_one_message_leave_one_correction(On on)
    {
        await using var data = await SupportData.OpenAsync(on);

        await SupportData.SixteenTimesAsync(number => data.Get<ICorrections>().KeepAsync(Of("m-1") with { By = number % 2 == 0 ? "anna" : "ben" }, None));

        Assert.Single(await data.Get<ICorrections>().AllAsync(None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_taken_back_is_gone_with_its_text(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await data.Get<ICorrections>().KeepAsync(Of("m-1"), None);

        Assert.True(await data.Get<ICorrections>().TakeBackAsync("m-1", None));
        Assert.False(await data.Get<ICorrections>().TakeBackAsync("m-1", None));
        Assert.Empty(await data.Get<ICorrections>().AllAsync(None));
        Assert.Null(await data.Get<ICorrections>().FindAsync("m-1", None));
    }

    internal static Correction Of(string inboxId) => new()
    {
        InboxId = inboxId,
        Intent = "return_item",
        Said = new ScoredIntent("exchange_item", 0.4321),
        SaidBy = "abc",
        Language = "de",
        Text = "Hallo [NAME],\nich möchte das zurückgeben.",
        By = "anna",
        Note = "steht im zweiten Satz",
        At = TestClock.Start,
    };
}
