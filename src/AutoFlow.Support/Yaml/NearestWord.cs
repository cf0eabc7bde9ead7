namespace AutoFlow.Support.Yaml;

/// <summary>Finds the word that was probably meant.</summary>
public static class NearestWord
{
    /// <summary>The word at the smallest edit distance (swaps of neighbours count one), or null when none is close. Case is ignored.</summary>
    public static string? Of(string written, IEnumerable<string> words)
    {
        var best = words
            .Select(word => (Word: word, Distance: Distance(written.ToUpperInvariant(), word.ToUpperInvariant())))
            .OrderBy(found => found.Distance).ThenBy(found => found.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(1, Math.Min(written.Length, best.Word.Length) / 3) ? best.Word : null;
    }

    /// <summary>"did you mean 'x'?", else the allowed words.</summary>
    public static string Hint(string written, IReadOnlyCollection<string> words) =>
        Of(written, words) is { } word ? $"did you mean '{word}'?" : $"allowed: {string.Join(", ", words.Order(StringComparer.Ordinal))}";

    // Optimal string alignment. Words longer than 64 are no words of ours.
    private static int Distance(string left, string right)
    {
        if (left.Length > 64 || right.Length > 64) return int.MaxValue;
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = left[i - 1] == right[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[left.Length, right.Length];
    }
}
