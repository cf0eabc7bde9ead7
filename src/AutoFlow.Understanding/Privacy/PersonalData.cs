using System.Text.Json.Serialization;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Entities;

namespace AutoFlow.Understanding.Privacy;

/// <summary>What kind of personal data something is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PersonalDataKind>))]
public enum PersonalDataKind
{
    Email,
    Phone,
    Address,

    /// <summary>A bank account.</summary>
    Iban,

    /// <summary>A payment card.</summary>
    Card,
    Name,

    /// <summary>Says who somebody is only to the shop; found when asked for.</summary>
    Order,

    /// <summary>Says who somebody is only to the carrier; found when asked for.</summary>
    Parcel,
}

/// <summary>A piece of personal data in a text, in characters (UTF-16).</summary>
public sealed record PersonalSpan(int Start, int Length, PersonalDataKind Kind);

/// <summary>
/// Finds personal data in a text of any language: e-mail addresses, phone numbers, postal addresses, bank accounts, payment cards, and names behind
/// greetings and closings. A pure function. It errs towards finding; a name in the middle of a sentence is missed.
/// </summary>
public static class PersonalData
{
    /// <param name="text">Any text; a mail's visible text, a log line, a prompt.</param>
    /// <param name="orders">The shop's order numbers, when they shall be found too.</param>
    /// <param name="parcels">True when tracking numbers shall be found too.</param>
    /// <returns>In order, none overlaps another.</returns>
    public static IReadOnlyList<PersonalSpan> Find(string text, OrderNumbers? orders = null, bool parcels = false)
    {
        var words = EntityText.Of(text);
        var found = new List<PersonalSpan>();
        foreach (var (_, span) in EmailAddresses.Find(words.Text, int.MaxValue)) Add(found, span, PersonalDataKind.Email);
        foreach (var address in PostalAddress.FindAll(text, int.MaxValue)) Add(found, address.Span, PersonalDataKind.Address);
        foreach (var name in PersonNames.Find(words)) Add(found, name, PersonalDataKind.Name);
        AddNumbers(words, found, parcels);
        if (orders is not null)
            foreach (var (_, span) in orders.All(words)) Add(found, span, PersonalDataKind.Order);
        return Redaction.Merged(found);
    }

    private static void AddNumbers(EntityText text, List<PersonalSpan> found, bool parcels)
    {
        // What is surely a parcel's number or a day is no phone number and no card. One that only fits a carrier may be either.
        var dates = Dates.Find(text, null, new DateOnly(2000, 1, 1));
        var tracking = TrackingNumbers.All(text, [.. dates.Select(d => d.Span)]);
        if (parcels)
            foreach (var (parcel, _) in tracking) Add(found, parcel.Span!, PersonalDataKind.Parcel);
        List<EntitySpan> others = [.. tracking.Where(t => t.IsSure).Select(t => t.Mention.Span!), .. dates.Select(d => d.Span)];
        others.Sort((a, b) => a.Start.CompareTo(b.Start));
        var other = 0;
        for (var at = 0; at < text.Count; at++)
        {
            var word = text[at];
            while (other < others.Count && others[other].Start + others[other].Length <= word.Start) other++;
            var (span, kind) = BankNumbers.Iban(text, at) is { } iban ? (iban, PersonalDataKind.Iban) : (null, PersonalDataKind.Iban);
            if (span is null && word.IsNumber && !(other < others.Count && others[other].Start <= word.Start))
            {
                if (BankNumbers.Card(text, at) is { } card) (span, kind) = (card, PersonalDataKind.Card);
                else if (PhoneNumbers.Find(text, at) is { } phone) (span, kind) = (phone, PersonalDataKind.Phone);
            }
            if (span is null) continue;
            Add(found, span, kind);
            at = Math.Max(at, text.WordAt(span.Start + span.Length) - 1);
        }
    }

    private static void Add(List<PersonalSpan> found, EntitySpan span, PersonalDataKind kind) => found.Add(new PersonalSpan(span.Start, span.Length, kind));
}
