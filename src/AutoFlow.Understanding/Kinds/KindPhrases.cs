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

    private static readonly Phrases Subject = new("subject"), About = new("about"), Openings = new("opening"), Body = new("body"), Matter = new("matter"), Wish = new("wish");

    /// <summary>What a subject says by its first words; null for a person's subject. Tags in brackets before them do not count.</summary>
    public static PhraseEvidence? InSubject(string? subject)
    {
        if (string.IsNullOrWhiteSpace(subject)) return null;
        var folded = FoldedText.Fold(subject.Length > LongestSubject ? subject[..LongestSubject] : subject).AsSpan();
        for (var tags = 0; tags < 3; tags++)
        {
            folded = folded.TrimStart(" [(*【<「");
            if (Subject.Starts(folded) is var (kind, phrase) && Ends(kind, folded[phrase.Length..])) return new(kind, $"phrase in subject: {phrase}", IsProof: true);
            if (About.Starts(folded) is var (hint, words)) return new(hint, $"phrase in subject: {words}", IsProof: false);
            if (folded.IndexOfAny(']', '】') is not (> 0 and < 30 and var close)) return null;
            folded = folded[(close + 1)..];
        }
        return null;
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

    // "Automatic reply: …" is a machine's; "Automatic reply did not help me" is not. What names mail as undelivered needs no colon.
    private static bool Ends(MessageKind kind, ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        return kind == MessageKind.Bounce || rest.IsEmpty || !char.IsLetterOrDigit(rest[0]) || rest.StartsWith("re:") || rest.StartsWith("aw:")
            || rest.StartsWith("from ") || rest.StartsWith("von ") || rest.StartsWith("until ") || rest.StartsWith("bis ");
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
