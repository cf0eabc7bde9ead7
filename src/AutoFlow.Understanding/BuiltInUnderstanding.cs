using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Entities;
using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Kinds;
using AutoFlow.Understanding.Languages;
using AutoFlow.Understanding.Sentiments;
using AutoFlow.Understanding.Text;
using AutoFlow.Understanding.Urgencies;

namespace AutoFlow.Understanding;

/// <summary>The understanding that works offline: everything it says is a pure function of the message, the model and the options.</summary>
public sealed class BuiltInUnderstanding : IUnderstanding
{
    /// <summary>Fewer letters than this say too little about their language: the subject is read with them.</summary>
    private const int FewLetters = 40;

    private readonly UnderstandingModel _model;
    private readonly EntityReader _entities;
    private readonly IReadOnlyCollection<string> _ownAddresses;

    /// <exception cref="ArgumentException">The order number pattern is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">The order number pattern needs backtracking.</exception>
    public BuiltInUnderstanding(UnderstandingModel model, UnderstandingOptions options)
    {
        _model = model;
        _entities = new EntityReader(new OrderNumbers(options.OrderNumberPattern));
        _ownAddresses = options.OwnAddresses;
    }

    /// <inheritdoc />
    public Task<UnderstandingResult> UnderstandAsync(InboundMessage message, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(new UnderstandingResult(Understand(message)));
    }

    /// <summary>What the message says.</summary>
    public UnderstoodMessage Understand(InboundMessage message)
    {
        var visible = VisibleText.Of(message);
        var subject = message.Subject is { Length: > 500 } longSubject ? longSubject[..500] : message.Subject;
        var language = Language(subject, visible);
        // A guess that is no better than a coin's opens the word lists of all languages.
        var spoken = language.Probability >= 0.5 ? language.Language : null;
        var sentiment = SentimentReader.Of(visible, spoken);
        var urgency = UrgencyReader.Of(subject is null ? visible : $"{subject}\n{visible}", spoken, sentiment);
        var intents = IntentReader.Read(_model.Intents, subject, visible, language.Language);
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
            ActFrom = _model.Intents.Threshold,
            Abstained = intents.Abstained,
            Entities = _entities.Read(subject, visible, language.Language, message.ReceivedAt),
            Sentiment = sentiment,
            Urgency = urgency.Urgency,
            UrgencyReasons = urgency.Reasons,
            ModelVersion = _model.Intents.Version,
        };
    }

    private LanguageGuess Language(string? subject, string visible)
    {
        if (subject is null || visible.Take(400).Count(char.IsLetter) >= FewLetters) return _model.Languages.Of(visible);
        return _model.Languages.Of($"{visible}\n{subject}");
    }
}
