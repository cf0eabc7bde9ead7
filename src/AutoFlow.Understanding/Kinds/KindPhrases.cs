using System.Buffers;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Kinds;

/// <summary>A phrase of automatic mail that was found.</summary>
/// <param name="IsProof">No customer writes so; without it other evidence is needed.</param>
internal readonly record struct PhraseEvidence(MessageKind Kind, string Reason, bool IsProof);

/// <summary>Automatic mail by its phrases, in the languages of the market (kind-phrases.tsv).</summary>
internal static class KindPhrases
{
    private const int Beginning = 600;
    private const int Opening = 60;
    private const int LongestText = 8_000;
    private const int LongestSubject = 300;
    private const int LongestTag = 30;

    private const string Before = " \t\"'“„”‘’«»([{（*【<「『";
    private const string Around = Before + ")]}）】>」』.";

    private static readonly Phrases Subject = new("subject"), About = new("about"), Openings = new("opening"), Body = new("body"), Matter = new("matter"), Wish = new("wish");

    /// <summary>
    /// What a subject says by its first words; null for a person's subject. Tags in brackets and "Re:" before them do not count,
    /// but who answers or forwards a machine's mail is a person: after "Re:" nothing is a proof.
    /// </summary>
    public static PhraseEvidence? InSubject(string? subject)
    {
        if (string.IsNullOrWhiteSpace(subject)) return null;
        var rest = FoldSubject(subject).AsSpan();
        var answers = false;
        for (var skipped = 0; skipped < 6; skipped++)
        {
            var start = rest;
            rest = rest.TrimStart(Before);
            var inTag = rest.Length < start.Length && start[start.Length - rest.Length - 1] is '[' or '【';
            if (Subject.Starts(rest) is var (kind, phrase)) return new(kind, $"phrase in subject: {phrase}", !answers && Ends(kind, phrase, rest[phrase.Length..], inTag));
            if (About.Starts(rest) is var (hint, words)) return new(hint, $"phrase in subject: {words}", IsProof: false);
            if (ReplyPrefix.Length(rest) is > 0 and var prefix)
            {
                answers = true;
                rest = rest[prefix..];
            }
            else if (inTag && rest.IndexOfAny(']', '】') is >= 0 and < LongestTag and var close) rest = rest[(close + 1)..];
            else return null;
        }
        return null;
    }

    /// <summary>True when a subject of the writer's own asks something or is about an order, a parcel, money. What "Re:" repeats was ours.</summary>
    public static bool IsMatterOfSubject(string? subject)
    {
        if (string.IsNullOrWhiteSpace(subject)) return false;
        var folded = FoldSubject(subject);
        return ReplyPrefix.Length(folded.AsSpan().TrimStart()) == 0 && IsMatter(folded);
    }

    /// <summary>What a text's beginning (for lists: all of it) hints at; a proof when the text starts as only machines start.</summary>
    /// <param name="folded">The visible text, folded.</param>
    public static PhraseEvidence? InBody(ReadOnlySpan<char> folded)
    {
        if (Openings.Find(folded, Opening) is var (kind, opening)) return new(kind, $"phrase at the start: {opening}", IsProof: true);
        if (Body.Find(folded, Beginning, kind => kind != MessageKind.MailingList) is var (hint, phrase)) return new(hint, $"phrase in body: {phrase}", IsProof: false);
        return Body.Find(folded, folded.Length, kind => kind == MessageKind.MailingList) is var (list, words) ? new PhraseEvidence(list, $"phrase in body: {words}", IsProof: false) : null;
    }

    /// <summary>True when somebody asks to be taken off a list.</summary>
    public static bool IsWish(ReadOnlySpan<char> folded) => Wish.Find(folded, folded.Length) is not null;

    /// <summary>True when the text asks something, or is about what customers write about: an order, a parcel, money.</summary>
    public static bool IsMatter(ReadOnlySpan<char> folded) => folded.IndexOfAny('?', '？') >= 0 || Matter.Find(folded, folded.Length) is not null;

    /// <summary>The visible text as the phrases are compared with.</summary>
    public static string Fold(string text) => FoldedText.Fold(text.Length > LongestText ? text[..LongestText] : text);

    private static string FoldSubject(string subject) => FoldedText.Fold(subject.Length > LongestSubject ? subject[..LongestSubject] : subject);

    // "Automatic reply: …" is a machine's, so is "【自動返信】…"; "Automatic reply did not help me" is not.
    private static bool Ends(MessageKind kind, string phrase, ReadOnlySpan<char> rest, bool inTag)
    {
        if (phrase.EndsWith(':') || rest.Trim(Around).IsEmpty) return true;
        rest = rest.TrimStart();
        if (rest[0] == ':') return true;
        return kind == MessageKind.AutoReply && ((inTag && rest[0] is ']' or '】') || ReplyPrefix.Length(rest.TrimStart("-–— ")) > 0);
    }

    /// <summary>The phrases of one place; a text is searched for all of them in one pass.</summary>
    private sealed class Phrases
    {
        private readonly (MessageKind Kind, string Phrase)[] _all;
        private readonly SearchValues<string> _search;

        public Phrases(string where)
        {
            // The longest first: a phrase that begins with another says more.
            _all = [.. WordLists.Read("kind-phrases.tsv", 3).Where(row => row[0] == where).Select(row => (Enum.Parse<MessageKind>(row[1]), FoldedText.Fold(row[2]))).OrderByDescending(one => one.Item2.Length)];
            _search = SearchValues.Create([.. _all.Select(one => one.Phrase)], StringComparison.Ordinal);
        }

        public (MessageKind Kind, string Phrase)? Starts(ReadOnlySpan<char> text)
        {
            foreach (var one in _all)
                if (text.StartsWith(one.Phrase, StringComparison.Ordinal)) return one;
            return null;
        }

        /// <summary>The first phrase of a wanted kind that starts within the first characters.</summary>
        public (MessageKind Kind, string Phrase)? Find(ReadOnlySpan<char> text, int within, Func<MessageKind, bool>? wanted = null)
        {
            for (var at = 0; at < text.Length;)
            {
                var next = text[at..].IndexOfAny(_search);
                if (next < 0 || at + next >= within) return null;
                at += next;
                foreach (var one in _all)
                    if ((wanted is null || wanted(one.Kind)) && text[at..].StartsWith(one.Phrase, StringComparison.Ordinal)) return one;
                at++;
            }
            return null;
        }
    }
}
