using System.Text.Json.Serialization;

namespace AutoFlow.Support.Training;

/// <summary>Where a model stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelState>))]
public enum ModelState
{
    /// <summary>Asked for; not trained and measured yet.</summary>
    Training,

    /// <summary>Not worse than the model in use: a person may adopt it.</summary>
    Proposed,

    /// <summary>Worse, or it could not be made; <see cref="TrainedModel.Reasons"/> says why.</summary>
    Refused,

    /// <summary>In use.</summary>
    Adopted,

    /// <summary>Was in use; a person may adopt it again.</summary>
    Retired,

    /// <summary>Came with the program and was in use without being adopted: the seeds' model, or one that stands in for an adopted one.</summary>
    Shipped,
}

/// <summary>Why a model is refused, as data.</summary>
/// <param name="Measure">What was measured: <c>accuracyWithin</c>, <c>actedPrecision</c>, <c>coverageAt90</c>, <c>recall</c>, <c>calibrationError</c>, <c>unknownLabel</c>, <c>texts</c>, <c>training</c>.</param>
/// <param name="Text">The same in a sentence.</param>
/// <param name="Label">The label it is about; null when about all.</param>
/// <param name="Before">0 to 1; null where nothing was measured. So are the following.</param>
/// <param name="Limit">What <paramref name="After"/> had to reach, or not to exceed.</param>
public sealed record AdoptionReason(string Measure, string Text, string? Label = null, double? Before = null, double? After = null, double? Limit = null);

/// <summary>A model beside the one that was in use when it was measured. Evaluations are JSON.</summary>
/// <param name="With">Version of the model in use then.</param>
/// <param name="Before">Its evaluation on the frozen set.</param>
/// <param name="NewCorrections">Corrections that it had not learnt.</param>
/// <param name="OnCorrectionsBefore">Its evaluation on those; null when there were none.</param>
/// <param name="OnCorrectionsAfter">The new model's on the same: it has learnt them, so this only shows that they took.</param>
public sealed record ModelComparison(string With, string Before, int NewCorrections, string? OnCorrectionsBefore, string? OnCorrectionsAfter);

/// <summary>A model of intents in the books. Its weights lie in a file, and can be made again from the seeds and the lessons.</summary>
public sealed record TrainedModel
{
    /// <summary>Hash of the texts and of how they are trained; each prediction names it.</summary>
    public required string Version { get; init; }

    public required ModelState State { get; init; }

    /// <summary>The version of the model that these seeds give alone: it changes with the seeds and with the way of training.</summary>
    public required string SeedsVersion { get; init; }

    /// <summary>How many seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>The corrections that it learnt from.</summary>
    public required IReadOnlyList<Lesson> Lessons { get; init; }

    /// <summary>The highest <see cref="Correction.Number"/> when it was asked for.</summary>
    public required long CorrectionsUpTo { get; init; }

    /// <summary>What its features and training are; a program with another cannot read by it.</summary>
    public required string TrainedWith { get; init; }

    /// <summary>Who asked for it: a person, or <c>policy</c>.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>UTC; so are the following.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Null until it was trained and measured; so are the following four.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>Hash of the frozen set that it was measured on.</summary>
    public string? FrozenSet { get; init; }

    /// <summary>On the frozen set, as JSON.</summary>
    public string? Evaluation { get; init; }

    public ModelComparison? Comparison { get; init; }

    /// <summary>Why it was refused; empty when it was not.</summary>
    public IReadOnlyList<AdoptionReason> Reasons { get; init; } = [];

    /// <summary>When it was last adopted; null when it never was.</summary>
    public DateTimeOffset? AdoptedAt { get; init; }

    public string? AdoptedBy { get; init; }
}
