namespace AutoFlow.Understanding.Entities;

/// <summary>Words that announce a phone number only in company: a ring may be jewellery and a parcel may reach somebody.</summary>
internal static class CallWords
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Announcing = Set("ring me|ring us|mon portable|notre portable");
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Reaching = Set("reach me|reach us|reachable|erreichbar|erreichen|joignable|raggiungibile|bereikbaar");
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> By = Set("under|on|at|via|unter|au|al|op");

    /// <summary>True when the number may be a phone's for what is said at a word before it: "ring me …", "reach me … under".</summary>
    /// <param name="number">The number's first word.</param>
    public static bool AnnouncePhone(EntityText text, int word, int number)
    {
        if (word + 1 >= number) return false;
        var two = text.Text.AsSpan(text[word].Start, text[word + 1].End - text[word].Start);
        if (Announcing.Contains(two)) return true;
        if (!Reaching.Contains(two) && !Reaching.Contains(text.Signs(word))) return false;
        for (var i = word + 1; i < number; i++)
            if (By.Contains(text.Signs(i))) return true;
        return false;
    }

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split('|').ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
