namespace AutoFlow.Functions.Messages;

/// <summary>
/// Spaces the repeats of rows that stand still: at once when first seen, then after waits that double up to an hour. A row
/// that can never be processed would else fill its poison queue, and a backlog would fill its queue with copies of itself.
/// Kept in memory only: after a start, and on another worker, everything is due at once, which every consumer tolerates.
/// </summary>
public sealed class SweepPace(TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Dictionary<string, (DateTimeOffset Due, TimeSpan Wait)>> _standing = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Those of the keys to enqueue now. Keys that a queue no longer names are forgotten.</summary>
    public IReadOnlyList<string> Due(string queue, IEnumerable<string> standing)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var before = _standing.GetValueOrDefault(queue);
            var next = new Dictionary<string, (DateTimeOffset Due, TimeSpan Wait)>(StringComparer.Ordinal);
            var due = new List<string>();
            foreach (var key in standing.Distinct(StringComparer.Ordinal))
            {
                var known = before?.TryGetValue(key, out var seen) == true ? seen : (Due: now, Wait: FirstWait);
                if (known.Due <= now)
                {
                    due.Add(key);
                    known = (now + known.Wait, known.Wait * 2 < LongestWait ? known.Wait * 2 : LongestWait);
                }

                next.Add(key, known);
            }

            _standing[queue] = next;
            return due;
        }
    }
}
