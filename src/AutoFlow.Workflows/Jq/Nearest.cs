namespace AutoFlow.Workflows.Jq;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>"did you mean ...?", or null when nothing is near.</summary>
    public static string? Hint(string word, IEnumerable<string> candidates, string prefix = "")
    {
        if (word.Length > 64)
            return null;
        var allowed = Math.Max(1, word.Length / 3);
        var best = candidates
            .Where(c => c != word && Math.Abs(c.Length - word.Length) <= allowed)
            .Select(c => (Word: c, Distance: Distance(word, c)))
            .Where(c => c.Distance <= allowed)
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Word is null ? null : $"did you mean {prefix}{best.Word}?";
    }

    /// <summary>Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
