using AutoFlow.Support.Training;

namespace AutoFlow.Storage.Training;

internal sealed class ModelRow
{
    public required string Version { get; init; }

    /// <summary>Order of writing.</summary>
    public required long Seq { get; init; }

    public required ModelState State { get; set; }
    public required string SeedsVersion { get; init; }
    public required int Seeds { get; init; }
    public required IReadOnlyList<Lesson> Lessons { get; init; }
    public required long CorrectionsUpTo { get; init; }
    public required string TrainedWith { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; set; }
    public DateTimeOffset? MeasuredAt { get; set; }
    public string? FrozenSet { get; set; }

    /// <summary>JSON, as given.</summary>
    public string? Evaluation { get; set; }

    public ModelComparison? Comparison { get; set; }
    public required IReadOnlyList<AdoptionReason> Reasons { get; set; }
    public DateTimeOffset? AdoptedAt { get; set; }
    public string? AdoptedBy { get; set; }

    public static ModelRow Of(TrainedModel model, long seq) => new()
    {
        Version = model.Version,
        Seq = seq,
        State = model.State,
        SeedsVersion = model.SeedsVersion,
        Seeds = model.Seeds,
        Lessons = model.Lessons,
        CorrectionsUpTo = model.CorrectionsUpTo,
        TrainedWith = model.TrainedWith,
        RequestedBy = model.RequestedBy,
        RequestedAt = model.RequestedAt,
        MeasuredAt = model.MeasuredAt,
        FrozenSet = model.FrozenSet,
        Evaluation = model.Evaluation,
        Comparison = model.Comparison,
        Reasons = model.Reasons,
        AdoptedAt = model.AdoptedAt,
        AdoptedBy = model.AdoptedBy,
    };

    public TrainedModel ToModel() => new()
    {
        Version = Version,
        State = State,
        SeedsVersion = SeedsVersion,
        Seeds = Seeds,
        Lessons = Lessons,
        CorrectionsUpTo = CorrectionsUpTo,
        TrainedWith = TrainedWith,
        RequestedBy = RequestedBy,
        RequestedAt = RequestedAt,
        MeasuredAt = MeasuredAt,
        FrozenSet = FrozenSet,
        Evaluation = Evaluation,
        Comparison = Comparison,
        Reasons = Reasons,
        AdoptedAt = AdoptedAt,
        AdoptedBy = AdoptedBy,
    };
}
