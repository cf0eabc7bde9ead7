using AutoFlow.Support.Understanding;

namespace AutoFlow.Support.Messages;

/// <summary>
/// The texts of a burst's messages as one, a line break between two. Each was cut and read alone already: cut again, a later message would
/// be taken for the signature below an earlier one; and a number that is a whole message says more alone than among others.
/// </summary>
public static class JoinedText
{
    /// <param name="parts">What was understood of each, oldest first.</param>
    public static string Of(IEnumerable<UnderstoodMessage> parts) => string.Join('\n', parts.Select(part => part.VisibleText));

    /// <summary>What the joined text names and what its parts name. Numbers found in the joined text come first: they had the most words around them.</summary>
    /// <param name="parts">What was understood of each, oldest first.</param>
    /// <param name="together">What was understood of the joined text. Where reading changed the text, its places do not hold, and only its numbers and mail addresses count.</param>
    public static MessageEntities EntitiesOf(IReadOnlyList<UnderstoodMessage> parts, UnderstoodMessage together)
    {
        var all = new List<MessageEntities> { together.VisibleText == Of(parts) ? together.Entities : WithoutPlaces(together.Entities) };
        var start = 0;
        foreach (var part in parts)
        {
            all.Add(Moved(part.Entities, start));
            start += part.VisibleText.Length + 1;
        }

        return new MessageEntities
        {
            OrderNumbers = [.. all.SelectMany(one => one.OrderNumbers).Distinct(StringComparer.Ordinal)],
            TrackingNumbers = [.. all.SelectMany(one => one.TrackingNumbers).DistinctBy(one => one.Number)],
            EmailAddresses = [.. all.SelectMany(one => one.EmailAddresses).Distinct(StringComparer.Ordinal)],
            Products = [.. all.SelectMany(one => one.Products).DistinctBy(one => one.Code)],
            Dates = InOrder(all.SelectMany(one => one.Dates), one => one.Span),
            Amounts = InOrder(all.SelectMany(one => one.Amounts), one => one.Span),
            Addresses = InOrder(all.SelectMany(one => one.Addresses), one => one.Span),
        };
    }

    private static MessageEntities WithoutPlaces(MessageEntities found) => new()
    {
        OrderNumbers = found.OrderNumbers,
        TrackingNumbers = [.. found.TrackingNumbers.Select(one => one with { Span = null })],
        EmailAddresses = found.EmailAddresses,
    };

    /// <summary>What a part names, at its place in the joined text. Places in a part's own subject are left out: the joined text may have another subject.</summary>
    private static MessageEntities Moved(MessageEntities found, int start) => found with
    {
        TrackingNumbers = [.. found.TrackingNumbers.Select(one => one with { Span = one.Span is { InSubject: false } span ? Moved(span, start) : null })],
        Products = [.. found.Products.Where(one => !one.Span.InSubject).Select(one => one with { Span = Moved(one.Span, start) })],
        Dates = [.. found.Dates.Where(one => !one.Span.InSubject).Select(one => one with { Span = Moved(one.Span, start) })],
        Amounts = [.. found.Amounts.Where(one => !one.Span.InSubject).Select(one => one with { Span = Moved(one.Span, start) })],
        Addresses = [.. found.Addresses.Select(one => one with { Span = Moved(one.Span, start) })],
    };

    private static EntitySpan Moved(EntitySpan span, int start) => span with { Start = span.Start + start };

    /// <summary>In order of appearance, one at each place: an address found over two lines holds what one of them gave.</summary>
    private static List<T> InOrder<T>(IEnumerable<T> mentions, Func<T, EntitySpan> spanOf)
    {
        var kept = new List<T>();
        foreach (var mention in mentions.OrderBy(one => !spanOf(one).InSubject).ThenBy(one => spanOf(one).Start).ThenByDescending(one => spanOf(one).Length))
        {
            if (kept.Count > 0 && spanOf(kept[^1]) is var last && spanOf(mention) is var next && last.InSubject == next.InSubject && next.Start < last.Start + last.Length) continue;
            kept.Add(mention);
        }

        return kept;
    }
}
