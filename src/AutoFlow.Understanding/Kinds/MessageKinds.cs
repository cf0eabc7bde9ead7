using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Kinds;

/// <summary>
/// Tells a person's message from automatic mail, so that no loop starts and no newsletter is answered: headers first, then
/// phrases, then the model. A customer who is not answered is worse than a machine that is: what is no proof needs a second
/// evidence, and text or a subject about an order, a parcel or money is a person's whatever it sounds like.
/// </summary>
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
        var headers = KindHeaders.Read(message, ownAddresses);
        if (headers.Proof is { } proven) return proven;
        if (IsOwnText(message)) return (MessageKind.OwnMail, "the text's own mark");
        var subject = KindPhrases.InSubject(message.Subject);
        if (subject is { IsProof: true } sure) return (sure.Kind, sure.Reason);
        var folded = KindPhrases.Fold(visibleText);
        var body = KindPhrases.InBody(folded);
        if (body is { IsProof: true } start) return (start.Kind, start.Reason);
        if (headers.Hints.Count >= 2)
        {
            var kind = headers.Hints.Any(KindHeaders.IsCampaign) ? MessageKind.MailingList : subject?.Kind ?? body?.Kind ?? MessageKind.AutoReply;
            return (kind, string.Join(" and ", headers.Hints));
        }

        var automatic = intents.Of(IntentLabels.AutoReplyBounce);
        var advertising = intents.Of(IntentLabels.SpamMarketing);
        if (body is { Kind: MessageKind.MailingList } list && advertising >= ModelConfirms && !KindPhrases.IsWish(folded)) return (list.Kind, list.Reason);
        if (intents.Intents[0].Label == IntentLabels.SpamMarketing && advertising >= ModelAlone && !KindPhrases.IsWish(folded)) return (MessageKind.Spam, "model: spam_marketing");
        if (KindPhrases.IsMatter(folded) || KindPhrases.IsMatterOfSubject(message.Subject)) return (MessageKind.Person, null);
        // The model has seen the subject too, so it confirms no subject; a bounce's text is plain enough without it.
        if (subject is { } about && (headers.Hints.Count > 0 || (about.Kind == MessageKind.Bounce && body?.Kind == MessageKind.Bounce))) return (about.Kind, about.Reason);
        if (body is { Kind: not MessageKind.MailingList } hint && (headers.Hints.Count > 0 || automatic >= ModelConfirms)) return (hint.Kind, hint.Reason);
        // For the same reason the model alone judges only a text, and none under a subject that made it think so.
        return subject is null && !string.IsNullOrWhiteSpace(folded) && intents.Intents[0].Label == IntentLabels.AutoReplyBounce && automatic >= ModelAlone
            ? (MessageKind.AutoReply, "model: auto_reply_bounce")
            : (MessageKind.Person, null);
    }

    // HTML is read a second time only where the mark's letters are in it.
    private static bool IsOwnText(InboundMessage message) => !string.IsNullOrWhiteSpace(message.Text)
        ? OwnMark.IsWhole(message.Text)
        : message.Html is { } html && OwnMark.MayBeIn(html) && OwnMark.IsWhole(HtmlText.Of(html));
}
