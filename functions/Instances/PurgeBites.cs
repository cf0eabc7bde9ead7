namespace AutoFlow.Functions.Instances;

/// <summary>
/// Spans of creation time, each with a few instances, that hold nothing but what may be purged. A backend purges by creation time;
/// what was created long ago can be live still, or have ended only now: spans leave that out.
/// </summary>
internal static class PurgeBites
{
    /// <summary>Finds the spans, oldest first; both ends belong to a span.</summary>
    /// <param name="instances">Every instance created up to some time: when, and whether it is to be kept.</param>
    /// <param name="most">How many instances a span has; more only where they were created at the same time.</param>
    public static IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Of(IEnumerable<(DateTimeOffset CreatedAt, bool Keep)> instances, int most)
    {
        var bites = new List<(DateTimeOffset From, DateTimeOffset To)>();
        (DateTimeOffset From, DateTimeOffset To, int Count)? bite = null;
        DateTimeOffset? kept = null;
        foreach (var (at, keep) in instances.OrderBy(one => one.CreatedAt).ThenByDescending(one => one.Keep))
        {
            if (bite is { } before && (keep || (before.Count >= most && before.To != at))) Close(before);
            if (keep) kept = at;
            // What was created in the same moment as one to be kept stays as long as that one.
            else if (kept != at) bite = bite is { } open ? (open.From, at, open.Count + 1) : (at, at, 1);
        }

        if (bite is { } last) Close(last);
        return bites;

        void Close((DateTimeOffset From, DateTimeOffset To, int Count) span)
        {
            bites.Add((span.From, span.To));
            bite = null;
        }
    }
}
