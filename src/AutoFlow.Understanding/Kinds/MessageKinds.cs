using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Intents;

namespace AutoFlow.Understanding.Kinds;

/// <summary>Tells a person's message from automatic mail, so that no loop starts and no newsletter is answered: headers first, then phrases, then the model.</summary>
public static class MessageKinds
{
    /// <summary>From here on the model alone may call a message automatic or advertising.</summary>
    private const double ModelAlone = 0.85;

    /// <summary>From here on the model confirms a phrase.</summary>
    private const double ModelConfirms = 0.30;

    /// <param name="intents">What the model read in the visible text.</param>
    /// <param name="ownAddresses">The shop's own sending addresses.</param>
    /// <returns>The kind, and its evidence; the evidence is null for a person.</returns>
    public static (MessageKind Kind, string? Reason) Of(InboundMessage message, string visibleText, IntentReading intents, IReadOnlyCollection<string> ownAddresses)
    {
        if (KindHeaders.Read(message, ownAddresses) is { } proven) return proven;
        if (KindPhrases.InSubject(message.Subject) is { } subject) return subject;
        var automatic = intents.Of(IntentLabels.AutoReplyBounce);
        var advertising = intents.Of(IntentLabels.SpamMarketing);
        if (KindPhrases.InBody(visibleText) is { } hint)
        {
            if (hint.Kind == MessageKind.MailingList && advertising >= ModelConfirms) return hint;
            if (hint.Kind is MessageKind.AutoReply or MessageKind.Bounce && automatic >= ModelConfirms) return hint;
        }
        if (intents.Intents[0].Label == IntentLabels.AutoReplyBounce && automatic >= ModelAlone) return (MessageKind.AutoReply, "model: auto_reply_bounce");
        if (intents.Intents[0].Label == IntentLabels.SpamMarketing && advertising >= ModelAlone) return (MessageKind.Spam, "model: spam_marketing");
        return (MessageKind.Person, null);
    }
}
