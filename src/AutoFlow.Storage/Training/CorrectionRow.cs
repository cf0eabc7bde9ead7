using AutoFlow.Support.Training;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Storage.Training;

internal sealed class CorrectionRow
{
    public required string InboxId { get; init; }

    /// <summary>Order of writing; a changed correction gets a new one.</summary>
    public required long Seq { get; set; }

    public required string Intent { get; set; }
    public required string Said { get; init; }
    public required decimal SaidProbability { get; init; }
    public required string SaidBy { get; init; }
    public required string Language { get; init; }
    public required string Text { get; init; }
    public required string CorrectedBy { get; set; }
    public string? Note { get; set; }
    public required DateTimeOffset At { get; set; }

    public static CorrectionRow Of(Correction correction, long seq) => new()
    {
        InboxId = correction.InboxId,
        Seq = seq,
        Intent = correction.Intent,
        Said = correction.Said.Label,
        SaidProbability = (decimal)correction.Said.Probability,
        SaidBy = correction.SaidBy,
        Language = correction.Language,
        Text = correction.Text,
        CorrectedBy = correction.By,
        Note = correction.Note,
        At = correction.At,
    };

    /// <summary>Another word of a person; what the model said stays.</summary>
    public void Change(Correction correction, long seq) =>
        (Seq, Intent, CorrectedBy, Note, At) = (seq, correction.Intent, correction.By, correction.Note, correction.At);

    public Correction ToCorrection() => new()
    {
        InboxId = InboxId,
        Number = Seq,
        Intent = Intent,
        Said = new ScoredIntent(Said, (double)SaidProbability),
        SaidBy = SaidBy,
        Language = Language,
        Text = Text,
        By = CorrectedBy,
        Note = Note,
        At = At,
    };
}
