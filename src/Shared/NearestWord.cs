namespace AutoFlow;

/// <summary>
/// Finds the word an author most likely meant. Workflows and Support both read what people write, and neither may refer to the
/// other, so this one file is compiled into each.
/// </summary>
internal static class NearestWord
{
    private const int LongestWord = 100;

    /// <summary>The closest of the allowed words by Damerau-Levenshtein distance (case ignored); null when none is close.</summary>
    public static string? To(string word, IEnumerable<string> allowed) => AllTo(word, allowed) is [var first, ..] ? first : null;

    /// <summary>"did you mean 'x'?" with every word that is equally close; null when none is, or too many are.</summary>
    /// <param name="prefix">What the author writes before the word, as the dollar sign of a variable.</param>
    public static string? Suggestion(string word, IEnumerable<string> allowed, string prefix = "")
    {
        const int fewWords = 3;
        var near = AllTo(word, allowed).Select(found => $"'{prefix}{found}'").ToList();
        return near switch
        {
            [] => null,
            [var only] => $"did you mean {only}?",
            _ => $"did you mean {string.Join(", ", near.Take(Math.Min(near.Count, fewWords) - 1))} or {near[Math.Min(near.Count, fewWords) - 1]}?",
        };
    }

    /// <summary>A hint that names the nearest word, else lists the words where they are few, else null.</summary>
    public static string? Hint(string word, IEnumerable<string> allowed)
    {
        const int fewWords = 14;
        var words = allowed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return Suggestion(word, words) ?? (words.Count is > 0 and <= fewWords ? $"known here: {string.Join(", ", words)}" : null);
    }

    /// <summary>The words at the smallest distance in ordinal order; none when even those are too far.</summary>
    private static List<string> AllTo(string word, IEnumerable<string> allowed)
    {
        var best = new List<string>();
        if (word.Length is 0 or > LongestWord) return best;
        var bestDistance = word.Length switch { <= 4 => 1, <= 7 => 2, _ => 3 };
        foreach (var candidate in allowed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (candidate == word || candidate.Length > LongestWord || Math.Abs(candidate.Length - word.Length) > bestDistance) continue;
            var distance = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance > bestDistance || distance >= Math.Max(word.Length, candidate.Length)) continue;
            if (distance < bestDistance) best.Clear();
            bestDistance = distance;
            best.Add(candidate);
        }

        return best;
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
