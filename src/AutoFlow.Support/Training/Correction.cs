using AutoFlow.Support.Understanding;

namespace AutoFlow.Support.Training;

/// <summary>A person's word on what a message asks for. It is kept longer than the message, so its text has no personal data.</summary>
public sealed record Correction
{
    /// <summary>The message. One message has one correction, the last that was given.</summary>
    public required string InboxId { get; init; }

    /// <summary>The label that a person gave; also where it is the one that the model gave.</summary>
    public required string Intent { get; init; }

    /// <summary>What was understood when the message came.</summary>
    public required ScoredIntent Said { get; init; }

    /// <summary>The version of the model that said so.</summary>
    public required string SaidBy { get; init; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>Subject and visible text without personal data (<c>[EMAIL]</c>, <c>[NAME]</c>, … stand for it).</summary>
    public required string Text { get; init; }

    /// <summary>Who corrected.</summary>
    public required string By { get; init; }

    public string? Note { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Rises with every correction; a changed one gets a new number. Given by the store.</summary>
    public long Number { get; init; }

    /// <summary>True when the model was right.</summary>
    public bool Confirms => Intent == Said.Label;
}

/// <summary>Which correction a model learnt from, and as what: the text stays with the correction alone, so that taking it back erases it.</summary>
public sealed record Lesson(string InboxId, string Label);
