using AutoFlow.Support.Messages;
using AutoFlow.Support.Training;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding;
using AutoFlow.Understanding.Entities;
using AutoFlow.Understanding.Training;

namespace AutoFlow.Functions.Training;

/// <summary>What came of a correction.</summary>
public abstract record CorrectionOutcome
{
    /// <summary>It is kept, now or since before.</summary>
    public sealed record Kept(Correction Correction) : CorrectionOutcome;

    public sealed record UnknownMessage : CorrectionOutcome;

    /// <param name="Hint">The nearest label, in a few words.</param>
    public sealed record UnknownIntent(string Hint) : CorrectionOutcome;

    /// <summary>There is nothing to correct, or not yet.</summary>
    public sealed record NotNow(string Why) : CorrectionOutcome;
}

/// <summary>Takes people's corrections in.</summary>
public sealed class CorrectionDesk(IInbox inbox, ICorrections corrections, IntentTaxonomy taxonomy, UnderstandingOptions options, TimeProvider time)
{
    private readonly OrderNumbers _orders = new(options.OrderNumberPattern);

    /// <summary>Keeps a person's word on a message; the last one counts.</summary>
    public async Task<CorrectionOutcome> CorrectAsync(string inboxId, string intent, string by, string? note, CancellationToken ct)
    {
        if (await inbox.FindAsync(inboxId, ct) is not { } entry) return new CorrectionOutcome.UnknownMessage();
        if (!taxonomy.Knows(intent)) return new CorrectionOutcome.UnknownIntent(taxonomy.Hint(intent));
        if (entry.ReadWith is { } other) return new CorrectionOutcome.NotNow($"Message {inboxId} was read together with {other}: correct that one.");
        if (entry.Understood is not { Intents: [var said, ..] } understood) return new CorrectionOutcome.NotNow($"Message {inboxId} is not understood yet.");
        var text = LearningTexts.Redacted(entry.Message.Subject, understood.VisibleText, entry.Message.FromName, _orders);
        if (string.IsNullOrWhiteSpace(text)) return new CorrectionOutcome.NotNow($"Message {inboxId} has no text to learn from.");
        return new CorrectionOutcome.Kept(await corrections.KeepAsync(
            new Correction
            {
                InboxId = inboxId,
                Intent = intent,
                Said = said,
                SaidBy = understood.ModelVersion,
                Language = understood.Language,
                Text = text,
                By = by,
                Note = string.IsNullOrWhiteSpace(note) ? null : note,
                At = time.GetUtcNow(),
            },
            ct));
    }
}
