using AutoFlow.Support.Training;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Storage.Tests;

public sealed class ModelStoreTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ModelMeasures Good = new("frozen", """{"accuracy":0.8}""", new ModelComparison("seeds", """{"accuracy":0.7}""", 2, "{}", null), []);
    private static readonly ModelMeasures Bad = Good with { Reasons = [new AdoptionReason("recall", "the recall of refund falls", "refund", 0.9, 0.2, 0.7)] };

    [Theory, OnSqlite, OnPostgres]
    public async Task A_model_comes_back_whole_and_the_same_version_is_stored_once(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        Assert.Equal(0, await data.Get<IModelStore>().CorrectionsUpToAsync(None));
        await SupportData.SixteenTimesAsync(_ => data.Get<IModelStore>().RequestAsync(Of("a"), None));
        Assert.Equal(7, await data.Get<IModelStore>().CorrectionsUpToAsync(None));
        data.Clock.Advance(TimeSpan.FromMinutes(1));
        await data.Get<IModelStore>().MeasuredAsync("a", Bad, None);
        await data.ReopenAsync();

        var found = Assert.Single(await data.Get<IModelStore>().ListAsync(0, 10, None));
        Assert.Equal(Of("a").Lessons, found.Lessons);
        Assert.Equal(Bad.Reasons, found.Reasons);
        Assert.Equal(
            Of("a") with
            {
                State = ModelState.Refused,
                MeasuredAt = TestClock.Start.AddMinutes(1),
                FrozenSet = Bad.FrozenSet,
                Evaluation = Bad.Evaluation,
                Comparison = Bad.Comparison,
                Lessons = found.Lessons,
                Reasons = found.Reasons,
            },
            found);
        Assert.Equal(found.Version, (await data.Get<IModelStore>().FindAsync("a", None))!.Version);
        Assert.Null(await data.Get<IModelStore>().FindAsync("b", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_what_is_in_training_is_measured_and_a_decided_one_can_be_measured_again(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var models = data.Get<IModelStore>();
        await models.RequestAsync(Of("a"), None);

        Assert.Equal(["a"], await models.StandingAsync(TestClock.Start.AddSeconds(1), None));
        Assert.Empty(await models.StandingAsync(TestClock.Start, None));
        Assert.Equal(ModelState.Proposed, (await models.MeasuredAsync("a", Good, None))!.State);
        Assert.Equal(ModelState.Proposed, (await models.MeasuredAsync("a", Bad, None))!.State);
        Assert.Equal(ModelState.Proposed, (await models.RefuseAsync("a", Bad.Reasons[0], None))!.State);
        Assert.Empty(await models.StandingAsync(TestClock.Start.AddSeconds(1), None));

        Assert.Equal((ModelState.Training, null), await models.MeasureAgainAsync("a", None) is { } again ? (again.State, again.Comparison) : default);
        Assert.Equal(Bad.Reasons, (await models.RefuseAsync("a", Bad.Reasons[0], None))!.Reasons);
        Assert.Null(await models.MeasuredAsync("unknown", Good, None));
        Assert.Null(await models.MeasureAgainAsync("unknown", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_model_is_adopted_at_a_time_and_an_older_one_can_be_adopted_again(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var models = data.Get<IModelStore>();
        await models.InUseAsync(Of("seeds") with { State = ModelState.Shipped, Evaluation = "{}", FrozenSet = "frozen" }, None);
        foreach (var version in new[] { "a", "b", "bad", "new" }) await models.RequestAsync(Of(version), None);
        foreach (var version in new[] { "a", "b" }) await models.MeasuredAsync(version, Good, None);
        await models.MeasuredAsync("bad", Bad, None);
        Assert.Null(await models.AdoptedVersionAsync(None));

        Assert.False(await models.AdoptAsync("bad", null, "anna", None));
        Assert.False(await models.AdoptAsync("new", null, "anna", None));
        Assert.False(await models.AdoptAsync("unknown", null, "anna", None));
        Assert.True(await models.AdoptAsync("a", null, "anna", None));
        Assert.True(await models.AdoptAsync("a", null, "ben", None));
        Assert.False(await models.AdoptAsync("b", null, "ben", None));
        Assert.True(await models.AdoptAsync("b", "a", "ben", None));
        Assert.True(await models.AdoptAsync("a", "b", "cleo", None));
        await data.ReopenAsync();

        models = data.Get<IModelStore>();
        Assert.Equal("a", await models.AdoptedVersionAsync(None));
        Assert.Equal(
            [("new", ModelState.Training, null), ("bad", ModelState.Refused, null), ("b", ModelState.Retired, "ben"), ("a", ModelState.Adopted, "cleo"), ("seeds", ModelState.Shipped, null)],
            (await models.ListAsync(0, 10, None)).Select(one => (one.Version, one.State, one.AdoptedBy)));
        Assert.Equal(["seeds", "a", "b"], (await models.ServedAsync("frozen", None)).Select(one => one.Version));
        Assert.Empty(await models.ServedAsync("another", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_two_processes_that_adopt_at_once_one_wins(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await using var other = data.Compose();
        IModelStore[] sides = [data.Get<IModelStore>(), other.GetRequiredService<IModelStore>()];
        for (var number = 0; number < 16; number++)
        {
            await sides[0].RequestAsync(Of($"m{number}"), None);
            await sides[0].MeasuredAsync($"m{number}", Good, None);
        }

        var adopted = await SupportData.SixteenTimesAsync(number => sides[number % 2].AdoptAsync($"m{number}", null, "anna", None));

        Assert.Single(adopted, won => won);
        Assert.Single(await sides[1].ListAsync(0, 99, None), one => one.State == ModelState.Adopted);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task How_the_model_in_use_measures_is_written_to_its_row(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var models = data.Get<IModelStore>();
        await models.RequestAsync(Of("a"), None);
        await models.MeasuredAsync("a", Good, None);
        await models.AdoptAsync("a", null, "anna", None);

        await models.InUseAsync(Of("a") with { State = ModelState.Shipped, Evaluation = "new", FrozenSet = "other", MeasuredAt = TestClock.Start.AddDays(1) }, None);

        var found = await models.FindAsync("a", None);
        Assert.Equal((ModelState.Adopted, "new", "other", Good.Comparison), (found!.State, found.Evaluation, found.FrozenSet, found.Comparison));
    }

    private static TrainedModel Of(string version) => new()
    {
        Version = version,
        State = ModelState.Training,
        SeedsVersion = "seeds",
        Seeds = 12,
        Lessons = [new Lesson("m-1", "refund"), new Lesson("m-2", "other")],
        CorrectionsUpTo = 7,
        TrainedWith = "with",
        RequestedBy = "anna",
        RequestedAt = TestClock.Start,
    };
}
