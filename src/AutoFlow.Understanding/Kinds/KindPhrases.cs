using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Kinds;

/// <summary>Automatic mail by its phrases, in seven languages.</summary>
internal static class KindPhrases
{
    private const int Beginning = 600;

    private static readonly (string Where, MessageKind Kind, string Phrase)[] Phrases =
        [.. WordLists.Read("kind-phrases.tsv", 3).Select(row => (row[0], Enum.Parse<MessageKind>(row[1]), FoldedText.Fold(row[2])))];

    /// <summary>What a subject says by its first words; null for a person's subject.</summary>
    public static (MessageKind Kind, string Reason)? InSubject(string? subject)
    {
        if (string.IsNullOrWhiteSpace(subject)) return null;
        var folded = FoldedText.Fold(subject.Length > 300 ? subject[..300] : subject).TrimStart(' ', '[', '(', '*');
        return First("subject", p => folded.StartsWith(p, StringComparison.Ordinal));
    }

    /// <summary>What a text's beginning (for lists: all of it) hints at; a hint alone proves nothing.</summary>
    public static (MessageKind Kind, string Reason)? InBody(string text)
    {
        var folded = FoldedText.Fold(text.Length > 8000 ? text[..8000] : text);
        var beginning = folded.Length > Beginning ? folded[..Beginning] : folded;
        return First("body", p => beginning.Contains(p, StringComparison.Ordinal), MessageKind.MailingList)
            ?? Only("body", MessageKind.MailingList, p => folded.Contains(p, StringComparison.Ordinal));
    }

    private static (MessageKind, string)? First(string where, Func<string, bool> holds, MessageKind? except = null)
    {
        foreach (var (place, kind, phrase) in Phrases)
            if (place == where && kind != except && holds(phrase)) return (kind, $"phrase in {where}: {phrase}");
        return null;
    }

    private static (MessageKind, string)? Only(string where, MessageKind only, Func<string, bool> holds)
    {
        foreach (var (place, kind, phrase) in Phrases)
            if (place == where && kind == only && holds(phrase)) return (kind, $"phrase in {where}: {phrase}");
        return null;
    }
}
