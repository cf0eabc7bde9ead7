using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Entities;

/// <summary>Reads what a message names: orders, parcels, articles, days, sums, addresses. A pure function of what it is given.</summary>
public sealed class EntityReader(OrderNumbers orders)
{
    /// <param name="subject">Read first; null when there is none.</param>
    /// <param name="language">ISO 639-1 of the text; null when unknown.</param>
    /// <param name="receivedAt">When the message came: "yesterday" is the day before, in UTC. A day outside 1900 to 2099 is taken as the nearest one inside. Null: dates are not read.</param>
    public MessageEntities Read(string? subject, string visibleText, string? language = null, DateTimeOffset? receivedAt = null)
    {
        var today = receivedAt is { } at ? Sane(DateOnly.FromDateTime(at.UtcDateTime)) : (DateOnly?)null;
        var body = Read(visibleText, language, today) with { Addresses = PostalAddress.FindAll(visibleText) };
        if (string.IsNullOrEmpty(subject)) return body;
        var head = Read(subject, language, today);
        return new MessageEntities
        {
            TrackingNumbers = [.. head.TrackingNumbers.Select(t => t with { Span = OfSubject(t.Span) }).Concat(body.TrackingNumbers).DistinctBy(t => t.Number)],
            OrderNumbers = [.. head.OrderNumbers.Concat(body.OrderNumbers).Distinct().Where(o => !IsInside(o, body.TrackingNumbers) && !IsInside(o, head.TrackingNumbers))],
            EmailAddresses = body.EmailAddresses,
            Products = [.. head.Products.Select(p => p with { Span = OfSubject(p.Span)! }).Concat(body.Products).DistinctBy(p => p.Code)],
            Dates = [.. head.Dates.Select(d => d with { Span = OfSubject(d.Span)! }), .. body.Dates],
            Amounts = [.. head.Amounts.Select(a => a with { Span = OfSubject(a.Span)! }), .. body.Amounts],
            Addresses = body.Addresses,
        };
    }

    private MessageEntities Read(string written, string? language, DateOnly? today)
    {
        var text = EntityText.Of(written);
        var dates = Dates.Find(text, language, today ?? new DateOnly(2000, 1, 1));
        var taken = dates.Select(d => d.Span).ToList();
        var tracking = TrackingNumbers.Find(text, taken);
        var amounts = Amounts.Find(text.Text, language, taken);
        var numbers = orders.Find(text);
        taken.AddRange(tracking.Select(t => t.Span!));
        taken.AddRange(amounts.Select(a => a.Span));
        taken.AddRange(numbers.Select(n => n.Span));
        return new MessageEntities
        {
            OrderNumbers = [.. numbers.Select(n => n.Number).Where(o => !IsInside(o, tracking))],
            TrackingNumbers = tracking,
            EmailAddresses = [.. EmailAddresses.Find(text.Text).Select(e => e.Address).Distinct()],
            Products = [.. ProductCodes.Find(text, taken).DistinctBy(p => p.Code)],
            Dates = today is null ? [] : dates,
            Amounts = amounts,
        };
    }

    // A sender's clock may say anything; from these years one can count some days on or back.
    private static DateOnly Sane(DateOnly day) => day.Year < 1900 ? new DateOnly(1900, 1, 1) : day.Year > 2099 ? new DateOnly(2099, 12, 31) : day;

    private static bool IsInside(string order, IReadOnlyList<TrackingNumberMention> tracking) => tracking.Any(t => t.Number.Contains(order, StringComparison.Ordinal));

    private static EntitySpan? OfSubject(EntitySpan? span) => span is null ? null : span with { InSubject = true };
}
