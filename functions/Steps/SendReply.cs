using AutoFlow.Support;
using AutoFlow.Support.Replies;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Writes a reply in the customer's language and lets it go, or holds it for a person, by policy.</summary>
public sealed class SendReply(ReplyDesk desk)
{
    public sealed record With
    {
        public required string Conversation { get; init; }

        /// <summary>ISO 639-1; a language without texts falls back as the reply texts say.</summary>
        public required string Language { get; init; }

        /// <summary>What to say, in order: a paragraph's name and its values. Nulls are left out.</summary>
        public required IReadOnlyList<Paragraph?> Paragraphs { get; init; }

        /// <summary>The intent acted on; null when a person takes over.</summary>
        public string? Intent { get; init; }

        /// <summary>The intent's probability; null when no intent was acted on.</summary>
        public double? Probability { get; init; }

        /// <summary>-1 to 1; null when unknown.</summary>
        public double? Sentiment { get; init; }

        /// <summary>The order in question; null when none.</summary>
        public string? OrderNumber { get; init; }

        /// <summary>The order's total; null when no order is in question.</summary>
        public Money? OrderTotal { get; init; }

        /// <summary>Refunds and values of goods that the reply promises.</summary>
        public IReadOnlyList<Money> Promised { get; init; } = [];

        /// <summary>True when we write first.</summary>
        public bool Proactive { get; init; }
    }

    [Function("sendReply")]
    public async Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct) =>
        StepOutcome.From(await desk.WriteAsync(call.Key, call.InstanceId, call.With, ct));
}
