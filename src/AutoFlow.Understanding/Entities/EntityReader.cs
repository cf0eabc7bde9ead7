using System.Text.RegularExpressions;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Entities;

/// <summary>Reads what a message names: orders, parcels, addresses.</summary>
public sealed class EntityReader(OrderNumbers orders)
{
    private static readonly Regex Address = new(
        @"[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9][a-z0-9.\-]{0,250}\.[a-z]{2,24}", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <param name="subject">Read first; null when there is none.</param>
    public MessageEntities Read(string? subject, string visibleText)
    {
        var tracking = TrackingNumbers.Find(visibleText);
        if (!string.IsNullOrEmpty(subject)) tracking = [.. TrackingNumbers.Find(subject).Concat(tracking).DistinctBy(t => t.Number)];
        IEnumerable<string> found = orders.Find(visibleText);
        if (!string.IsNullOrEmpty(subject)) found = orders.Find(subject).Concat(found);
        return new MessageEntities
        {
            OrderNumbers = [.. found.Distinct().Where(o => !tracking.Any(t => t.Number.Contains(o, StringComparison.Ordinal)))],
            TrackingNumbers = tracking,
            EmailAddresses = [.. Address.Matches(visibleText).Select(m => m.Value.ToLowerInvariant()).Distinct().Take(20)],
        };
    }
}
