using AutoFlow.Support.Messages;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Understanding;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>
/// Lets a model of Azure OpenAI say what a message asks for. The built-in understanding comes first and keeps everything else:
/// the kind, so that no automatic mail leaves, the text, the language, and what the message names. Where the model gives no
/// answer of use, the built-in intents stay and the message is marked for a person's look.
/// </summary>
internal sealed class AzureOpenAIUnderstanding(
    IUnderstanding builtIn, ChatCall model, IntentTaxonomy taxonomy, HidePersonalData hide, IModelCalls book, IModelWaits waits,
    AzureOpenAIOptions options, TimeProvider time, ILogger<AzureOpenAIUnderstanding> logger) : IUnderstanding
{
    /// <summary>For a service that has no room and does not say until when.</summary>
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    /// <summary>A shorter wait would only ask in circles.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly IntentRequest _request = new(taxonomy, options);
    private readonly ServicePause _pause = new(waits, options.Deployment, time, options.LongestWait);

    /// <inheritdoc />
    public async Task<UnderstandingResult> UnderstandAsync(InboundMessage message, CancellationToken ct)
    {
        var understood = (await builtIn.UnderstandAsync(message, ct)).Message;
        if (understood.Kind != MessageKind.Person || (string.IsNullOrWhiteSpace(understood.VisibleText) && string.IsNullOrWhiteSpace(message.Subject)))
            return new UnderstandingResult(understood);
        if (await _pause.LeftAsync(ct) is { } left) return Later(understood, new ChatAnswer(ModelCallOutcome.Throttled), left);

        var (answer, intents) = await AskAsync(message, understood, ct);
        if (intents is not null)
            return new UnderstandingResult(understood with { Intents = intents.Intents, Abstained = intents.Abstained, Alternative = null, ModelVersion = Version(answer, understood) });
        if (answer.Outcome is not (ModelCallOutcome.Throttled or ModelCallOutcome.Unavailable)) return new UnderstandingResult(ForReview(understood, answer));

        var wait = answer.RetryAfter ?? UsualWait;
        if (wait < ShortestWait) wait = ShortestWait;
        if (answer.Outcome == ModelCallOutcome.Throttled) await _pause.BeginAsync(wait, ct);
        return Later(understood, answer, wait);
    }

    private async Task<(ChatAnswer Answer, IntentAnswer? Intents)> AskAsync(InboundMessage message, UnderstoodMessage understood, CancellationToken ct)
    {
        var fenced = FencedText.Of(message, message.Subject is { } subject ? hide(subject) : null, hide(understood.VisibleText), options.LongestText);
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        var callId = Guid.CreateVersion7(at).ToString();
        var answer = await model.AskAsync(callId, _request.Of(fenced), ct);
        var intents = answer.Text is { } text ? IntentAnswer.Read(text, taxonomy, options.AbstainBelow) : null;
        if (answer.Text is not null && intents is null) answer = answer with { Outcome = ModelCallOutcome.Unreadable };
        var call = new ModelCall
        {
            Id = callId,
            InboxId = InboxId.Of(message.Channel, message.Id),
            Deployment = options.Deployment,
            Model = answer.Model,
            Outcome = answer.Outcome,
            Tokens = answer.Tokens,
            Cost = options.Prices?.CostOf(answer.Tokens),
            Duration = time.GetElapsedTime(began),
            At = at,
        };
        await book.RecordAsync(call, ct);
        if (intents is null) Log(call, answer);
        return (answer, intents);
    }

    private UnderstandingResult Later(UnderstoodMessage understood, ChatAnswer answer, TimeSpan wait) =>
        new(ForReview(understood, answer), new AskAgain(wait, options.LongestWait));

    private static UnderstoodMessage ForReview(UnderstoodMessage understood, ChatAnswer answer) => understood with
    {
        ReviewReason = answer.Outcome switch
        {
            ModelCallOutcome.Refused => "the model declined the message",
            ModelCallOutcome.Filtered => $"the content filter stopped the message{(answer.Detail is { } what ? $" ({what})" : "")}",
            ModelCallOutcome.Truncated => "the model's answer was cut off",
            ModelCallOutcome.TimedOut => "the model did not answer in time",
            ModelCallOutcome.Throttled => "the model had no room",
            ModelCallOutcome.Unavailable => "the model could not be reached",
            ModelCallOutcome.Unauthorized => "the model did not take our key",
            ModelCallOutcome.Rejected => "the model did not take the request",
            _ => "the model's answer could not be read",
        },
    };

    private string Version(ChatAnswer answer, UnderstoodMessage understood) =>
        $"{string.Join('/', new[] { options.Deployment, answer.Model, answer.Fingerprint }.OfType<string>())}+{understood.ModelVersion}";

    // What the service does not take is for the operator to mend; the rest passes.
    private void Log(ModelCall call, ChatAnswer answer) => logger.Log(
        call.Outcome is ModelCallOutcome.Unauthorized or ModelCallOutcome.Rejected ? LogLevel.Error : LogLevel.Warning,
        "Azure OpenAI, deployment {Deployment}, message {InboxId}: {Outcome} ({Detail}), call {CallId}. The built-in model serves.",
        call.Deployment, call.InboxId, call.Outcome, answer.Detail ?? "no detail", call.Id);
}
