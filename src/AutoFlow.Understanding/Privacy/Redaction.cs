using System.Text;

namespace AutoFlow.Understanding.Privacy;

/// <summary>Text without personal data, for logs and prompts: each piece is replaced by its kind, <c>[EMAIL]</c>, <c>[PHONE]</c>, <c>[ADDRESS]</c>, <c>[IBAN]</c>, <c>[CARD]</c>, <c>[NAME]</c>, <c>[ORDER]</c>, <c>[PARCEL]</c>.</summary>
public static class Redaction
{
    /// <summary>A piece that is taken away may leave its neighbours standing free; more rounds than any text has needed.</summary>
    private const int MostRounds = 5;

    /// <summary>The text without everything that <see cref="PersonalData.Find"/> finds, until it finds nothing more.</summary>
    public static string Of(string text)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var spans = PersonalData.Find(text);
            if (spans.Count == 0) break;
            text = Of(text, spans);
        }
        return text;
    }

    /// <summary>The text with placeholders for these pieces. Pieces that overlap become one, of the kind of the longest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A piece lies outside the text.</exception>
    public static string Of(string text, IReadOnlyCollection<PersonalSpan> spans)
    {
        var redacted = new StringBuilder(text.Length);
        var at = 0;
        foreach (var span in Merged(spans))
        {
            if (span.Start < 0 || span.Start + span.Length > text.Length) throw new ArgumentOutOfRangeException(nameof(spans), $"{span} lies outside a text of {text.Length} characters.");
            redacted.Append(text, at, span.Start - at).Append(Placeholder(span.Kind));
            at = span.Start + span.Length;
        }
        return redacted.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>What stands in a text for a piece of this kind.</summary>
    public static string Placeholder(PersonalDataKind kind) => kind switch
    {
        PersonalDataKind.Email => "[EMAIL]",
        PersonalDataKind.Phone => "[PHONE]",
        PersonalDataKind.Address => "[ADDRESS]",
        PersonalDataKind.Iban => "[IBAN]",
        PersonalDataKind.Card => "[CARD]",
        PersonalDataKind.Name => "[NAME]",
        PersonalDataKind.Order => "[ORDER]",
        PersonalDataKind.Parcel => "[PARCEL]",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>In order, without overlaps.</summary>
    internal static IReadOnlyList<PersonalSpan> Merged(IReadOnlyCollection<PersonalSpan> spans)
    {
        if (spans.Count == 0) return [];
        var merged = new List<PersonalSpan>(spans.Count);
        var longest = 0;
        foreach (var span in spans.Where(s => s.Length > 0).OrderBy(s => s.Start).ThenByDescending(s => s.Length))
        {
            if (merged.Count == 0 || span.Start >= merged[^1].Start + merged[^1].Length)
            {
                merged.Add(span);
                longest = span.Length;
                continue;
            }
            var last = merged[^1];
            var end = Math.Max(last.Start + last.Length, span.Start + span.Length);
            merged[^1] = new PersonalSpan(last.Start, end - last.Start, span.Length > longest ? span.Kind : last.Kind);
            longest = Math.Max(longest, span.Length);
        }
        return merged;
    }
}
