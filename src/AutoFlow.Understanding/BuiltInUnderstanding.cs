using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Entities;
using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Kinds;
using AutoFlow.Understanding.Languages;
using AutoFlow.Understanding.Sentiments;
using AutoFlow.Understanding.Text;
using AutoFlow.Understanding.Training;
using AutoFlow.Understanding.Urgencies;

namespace AutoFlow.Understanding;

/// <summary>The understanding that works offline: everything it says is a pure function of the message, the model in use and the options.</summary>
public sealed class BuiltInUnderstanding : IUnderstanding
{
    /// <summary>Fewer letters than this say too little about their language: the subject is read with them.</summary>
    private const int FewLetters = 40;

    private readonly ServingModel _serving;
    private readonly EntityReader _entities;
    private readonly IReadOnlyCollection<string> _ownAddresses;

    /// <exception cref="ArgumentException">The order number pattern is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">The order number pattern needs backtracking.</exception>
    public BuiltInUnderstanding(ServingModel serving, UnderstandingOptions options)
    {
        _serving = serving;
        _entities = new EntityReader(new OrderNumbers(options.OrderNumberPattern));
        _ownAddresses = options.OwnAddresses;
    }

    /// <summary>With one model for ever; errors as above.</summary>
    public BuiltInUnderstanding(UnderstandingModel model, UnderstandingOptions options) : this(new ServingModel(model), options)
    {
    }

    /// <inheritdoc />
    public async Task<UnderstandingResult> UnderstandAsync(InboundMessage message, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return new UnderstandingResult(Understand(message, await _serving.NowAsync(ct)));
    }

    /// <summary>What the message says, by the model that is in use now.</summary>
    public UnderstoodMessage Understand(InboundMessage message) => Understand(message, _serving.Current);

    // One model for the whole message, whatever is adopted meanwhile.
    private UnderstoodMessage Understand(InboundMessage message, UnderstandingModel model)
    {
        var visible = VisibleText.Of(message);
        var subject = message.Subject is { Length: > 500 } longSubject ? longSubject[..500] : message.Subject;
        var language = Language(model.Languages, subject, visible);
        // A guess that is no better than a coin's opens the word lists of all languages.
        var spoken = language.Probability >= 0.5 ? language.Language : null;
        var sentiment = SentimentReader.Of(visible, spoken);
        var urgency = UrgencyReader.Of(subject is null ? visible : $"{subject}\n{visible}", spoken, sentiment);
        var intents = IntentReader.Read(model.Intents, subject, visible, language.Language);
        var (kind, reason) = MessageKinds.Of(message, visible, intents, _ownAddresses);
        return new UnderstoodMessage
        {
            Kind = kind,
            KindReason = reason,
            Language = language.Language,
            LanguageProbability = language.Probability,
            VisibleText = visible,
            Intents = intents.Intents,
            Alternative = intents.Second,
            ActFrom = model.Intents.Threshold,
            Abstained = intents.Abstained,
            Entities = _entities.Read(subject, visible, language.Language, message.ReceivedAt),
            Sentiment = sentiment,
            Urgency = urgency.Urgency,
            UrgencyReasons = urgency.Reasons,
            ModelVersion = model.Intents.Version,
        };
    }

    private static LanguageGuess Language(LanguageModel languages, string? subject, string visible)
    {
        if (subject is null || visible.Take(400).Count(char.IsLetter) >= FewLetters) return languages.Of(visible);
        return languages.Of($"{visible}\n{subject}");
    }
}
