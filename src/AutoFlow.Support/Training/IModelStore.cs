namespace AutoFlow.Support.Training;

/// <summary>What came of measuring a model.</summary>
/// <param name="FrozenSet">Hash of the frozen set.</param>
/// <param name="Evaluation">On the frozen set, as JSON.</param>
/// <param name="Comparison">With the model in use.</param>
/// <param name="Reasons">Why it is refused; empty proposes it.</param>
public sealed record ModelMeasures(string FrozenSet, string Evaluation, ModelComparison Comparison, IReadOnlyList<AdoptionReason> Reasons);

/// <summary>The book of models. At most one is <see cref="ModelState.Adopted"/>.</summary>
public interface IModelStore
{
    /// <summary>Writes a model down that is to be trained; a known version is left as it is. Returns the stored one.</summary>
    Task<TrainedModel> RequestAsync(TrainedModel model, CancellationToken ct);

    /// <summary>Puts a proposed or refused one back to <see cref="ModelState.Training"/>, to be measured anew; others stay. Null when unknown.</summary>
    Task<TrainedModel?> MeasureAgainAsync(string version, CancellationToken ct);

    /// <summary>From <see cref="ModelState.Training"/> to proposed or refused; in any other state nothing changes. Null when unknown.</summary>
    Task<TrainedModel?> MeasuredAsync(string version, ModelMeasures measures, CancellationToken ct);

    /// <summary>From <see cref="ModelState.Training"/> to refused, unmeasured: it could not be made. Null when unknown.</summary>
    Task<TrainedModel?> RefuseAsync(string version, AdoptionReason reason, CancellationToken ct);

    /// <summary>Writes down how the model in use measures. One that is unknown is stored, as given.</summary>
    Task InUseAsync(TrainedModel model, CancellationToken ct);

    /// <summary>
    /// Adopts a model that is proposed, retired or shipped, and retires the one adopted before, in one write. Adopted again, nothing
    /// changes. False, and nothing changes, when its state does not allow it, or when <paramref name="insteadOf"/> is no longer the
    /// adopted one: another was faster.
    /// </summary>
    /// <param name="insteadOf">The adopted version that was seen when this was decided; null for none.</param>
    Task<bool> AdoptAsync(string version, string? insteadOf, string by, CancellationToken ct);

    /// <summary>The adopted version; null while the seeds' model serves.</summary>
    Task<string?> AdoptedVersionAsync(CancellationToken ct);

    /// <summary>The highest <see cref="TrainedModel.CorrectionsUpTo"/>; 0 when there is no model.</summary>
    Task<long> CorrectionsUpToAsync(CancellationToken ct);

    Task<TrainedModel?> FindAsync(string version, CancellationToken ct);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<TrainedModel>> ListAsync(int skip, int take, CancellationToken ct);

    /// <summary>Those that are or were in use and were measured on this frozen set.</summary>
    Task<IReadOnlyList<TrainedModel>> ServedAsync(string frozenSet, CancellationToken ct);

    /// <summary>Versions still <see cref="ModelState.Training"/> that were asked for before a time (UTC): their queue message may be lost.</summary>
    Task<IReadOnlyList<string>> StandingAsync(DateTimeOffset requestedBefore, CancellationToken ct);
}
