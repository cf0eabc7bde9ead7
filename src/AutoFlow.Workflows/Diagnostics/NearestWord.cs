namespace AutoFlow.Workflows.Diagnostics;

/// <summary>Finds the word an author most likely meant.</summary>
internal static class NearestWord
{
    private const int LongestWord = 100;

    /// <summary>The closest of the allowed words by Damerau-Levenshtein distance (case ignored); null when none is close.</summary>
    public static string? To(string word, IEnumerable<string> allowed)
    {
        if (word.Length is 0 or > LongestWord) return null;
        var limit = word.Length switch { <= 2 => 1, <= 6 => 2, _ => 3 };
        string? best = null;
        var bestDistance = limit + 1;
        foreach (var candidate in allowed.Order(StringComparer.Ordinal))
        {
            if (candidate.Length > LongestWord || Math.Abs(candidate.Length - word.Length) >= bestDistance) continue;
            var distance = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance && distance < Math.Max(word.Length, candidate.Length)) (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>A hint that names the nearest word, else lists the words where they are few, else null.</summary>
    public static string? Hint(string word, IEnumerable<string> allowed)
    {
        const int fewWords = 14;
        var words = allowed.Order(StringComparer.Ordinal).ToList();
        if (To(word, words) is { } near) return $"did you mean '{near}'?";
        return words.Count is > 0 and <= fewWords ? $"known here: {string.Join(", ", words)}" : null;
    }

    /// <summary>The optimal string alignment distance: insert, delete, replace, swap of neighbours.</summary>
    internal static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
