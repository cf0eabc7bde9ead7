using AutoFlow.Functions.Messages;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Training;
using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Training;

namespace AutoFlow.Functions.Training;

/// <summary>What came of asking for a model.</summary>
public abstract record ProposalOutcome
{
    /// <summary>Stored, and on its way where it is not measured yet.</summary>
    public sealed record Stored(TrainedModel Model) : ProposalOutcome;

    /// <summary>The model in use has learnt all of this.</summary>
    public sealed record NothingNew(string Version) : ProposalOutcome;

    /// <summary>Seeds or frozen set cannot be read.</summary>
    public sealed record Broken(string Why) : ProposalOutcome;
}

/// <summary>What came of adopting a model.</summary>
public abstract record AdoptionOutcome
{
    /// <summary>It serves from now on, here at once, on other hosts some seconds later.</summary>
    public sealed record Adopted(TrainedModel Model) : AdoptionOutcome;

    public sealed record UnknownVersion : AdoptionOutcome;

    /// <summary>Nothing changed.</summary>
    public sealed record Refused(string Why, IReadOnlyList<AdoptionReason> Reasons) : AdoptionOutcome;
}

/// <summary>Asks for models, and adopts them.</summary>
public sealed class ModelDesk(
    IModelStore models, ICorrections corrections, LearningSource source, ModelFolder folder, ServingModel serving, PolicyBook policies, WorkQueue queue, TimeProvider time)
{
    /// <summary>Who acts where nobody asked.</summary>
    public const string Policy = "policy";

    private long _triedAt = -1;
    private bool _seedsLookedAt;

    /// <summary>Asks for a model of today's seeds and corrections: stored, then enqueued. The same texts are the same model.</summary>
    public async Task<ProposalOutcome> ProposeAsync(string by, CancellationToken ct)
    {
        IReadOnlyList<LabelledText> seeds, frozen;
        try
        {
            (seeds, frozen) = (source.Seeds(), source.Frozen());
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return new ProposalOutcome.Broken(exception.Message);
        }

        await serving.RefreshAsync(ct);
        var known = await corrections.AllAsync(ct);
        Lesson[] lessons = [.. known.Select(one => new Lesson(one.InboxId, one.Intent)).OrderBy(one => one.InboxId, StringComparer.Ordinal)];
        var version = IntentTraining.VersionOf(LearningTexts.Of(seeds, known.Select(LearningTexts.Of), frozen));
        if (version == serving.Current.Intents.Version) return new ProposalOutcome.NothingNew(version);
        var row = await models.RequestAsync(
            new TrainedModel
            {
                Version = version,
                State = ModelState.Training,
                SeedsVersion = IntentTraining.VersionOf(seeds),
                Seeds = seeds.Count,
                Lessons = lessons,
                CorrectionsUpTo = known.Count == 0 ? 0 : known[^1].Number,
                TrainedWith = LearningSource.TrainedWith,
                RequestedBy = by,
                RequestedAt = time.GetUtcNow(),
            },
            ct);
        var isMeasured = row.Comparison?.With == serving.Current.Intents.Version && row.FrozenSet == Retraining.FrozenSet(frozen);
        if (!isMeasured && row.State is ModelState.Proposed or ModelState.Refused) row = await models.MeasureAgainAsync(version, ct) ?? row;
        if (row.State == ModelState.Training) await queue.SendAsync(QueueNames.Models, version, ct);
        return new ProposalOutcome.Stored(row);
    }

    /// <summary>
    /// Adopts a proposed model, or goes back to one that was in use. What was measured beside another model than the one in use now
    /// is not adopted: it is to be measured again.
    /// </summary>
    public async Task<AdoptionOutcome> AdoptAsync(string version, string by, CancellationToken ct)
    {
        if (await models.FindAsync(version, ct) is not { } row) return new AdoptionOutcome.UnknownVersion();
        await serving.RefreshAsync(ct);
        if (row.State == ModelState.Adopted) return new AdoptionOutcome.Adopted(row);
        var inUse = serving.Current.Intents.Version;
        if (row.State == ModelState.Training) return Refused("It is being trained and measured: look again in a minute.");
        if (row.State == ModelState.Refused) return new AdoptionOutcome.Refused("It was refused.", row.Reasons);
        if (row.State == ModelState.Proposed && row.Comparison?.With != inUse)
            return Refused($"It was measured beside {row.Comparison?.With}, but {inUse} is in use now: ask for a proposal again.");
        if (row.TrainedWith != LearningSource.TrainedWith || (folder.Find(version) is null && !await CanBeMadeAsync(row, ct)))
            return Refused("Its file is not at hand and cannot be made again: seeds, corrections or the program have changed since.");

        if (!await models.AdoptAsync(version, serving.Served.Adopted, by, ct)) return Refused("Another model was adopted meanwhile: look again.");
        await serving.RefreshAsync(ct);
        return new AdoptionOutcome.Adopted(await models.FindAsync(version, ct) ?? row);

        static AdoptionOutcome Refused(string why) => new AdoptionOutcome.Refused(why, []);
    }

    /// <summary>
    /// After a model was measured: adopts it where the policy lets no person decide. Safe to repeat.
    /// </summary>
    public async Task AdoptByPolicyAsync(TrainedModel? measured, CancellationToken ct)
    {
        if (policies.Training.AdoptWithoutPerson && measured is { State: ModelState.Proposed }) await AdoptAsync(measured.Version, Policy, ct);
    }

    /// <summary>Asks for a model when enough corrections have come since the last one, or when new seeds were deployed under an adopted model.</summary>
    public async Task ProposeWhenDueAsync(CancellationToken ct)
    {
        var upTo = await models.CorrectionsUpToAsync(ct);
        var waiting = await corrections.CountAfterAsync(upTo, ct);
        if (waiting >= policies.Training.ProposeAfter && waiting + upTo != _triedAt)
        {
            await ProposeAsync(Policy, ct);
            _triedAt = waiting + upTo;
        }

        if (_seedsLookedAt) return;
        // Seeds come with a deployment, so once in a process is enough.
        if (await models.AdoptedVersionAsync(ct) is { } adopted && await models.FindAsync(adopted, ct) is { } row && row.SeedsVersion != IntentTraining.VersionOf(source.Seeds()))
            await ProposeAsync(Policy, ct);
        _seedsLookedAt = true;
    }

    private async Task<bool> CanBeMadeAsync(TrainedModel row, CancellationToken ct) =>
        IntentTraining.VersionOf(await source.TextsAsync(source.Seeds(), source.Frozen(), row.Lessons, ct)) == row.Version;
}
