using AutoFlow.Support;
using AutoFlow.Support.ModelCalls;

namespace AutoFlow.Storage.ModelCalls;

internal sealed class ModelCallRow
{
    public required string Id { get; init; }

    /// <summary>Order of writing.</summary>
    public required long Seq { get; init; }

    public required string InboxId { get; init; }
    public required string Deployment { get; init; }
    public string? Model { get; init; }
    public required ModelCallOutcome Outcome { get; init; }
    public required long InputTokens { get; init; }
    public required long CachedTokens { get; init; }
    public required long OutputTokens { get; init; }

    /// <summary>With <see cref="Currency"/>; both null when no prices were configured.</summary>
    public decimal? Cost { get; init; }

    public string? Currency { get; init; }

    /// <summary>How long the call took.</summary>
    public required long Milliseconds { get; init; }

    public required DateTimeOffset At { get; init; }

    public static ModelCallRow Of(ModelCall call, long seq) => new()
    {
        Id = call.Id,
        Seq = seq,
        InboxId = call.InboxId,
        Deployment = call.Deployment,
        Model = call.Model,
        Outcome = call.Outcome,
        InputTokens = call.Tokens.Input,
        CachedTokens = call.Tokens.CachedInput,
        OutputTokens = call.Tokens.Output,
        Cost = call.Cost?.Amount,
        Currency = call.Cost?.Currency,
        Milliseconds = (long)call.Duration.TotalMilliseconds,
        At = call.At,
    };

    public ModelCall ToCall() => new()
    {
        Id = Id,
        InboxId = InboxId,
        Deployment = Deployment,
        Model = Model,
        Outcome = Outcome,
        Tokens = new TokenCount(InputTokens, CachedTokens, OutputTokens),
        Cost = Cost is { } cost && Currency is { } currency ? new Money(cost, currency) : null,
        Duration = TimeSpan.FromMilliseconds(Milliseconds),
        At = At,
    };
}
