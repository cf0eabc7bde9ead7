using System.Text;
using AutoFlow.Support.Training;
using AutoFlow.Understanding.Entities;
using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Privacy;

namespace AutoFlow.Understanding.Training;

/// <summary>The texts that a model learns from: seeds, and what people corrected. Pure.</summary>
public static class LearningTexts
{
    /// <summary>The wish stands before that.</summary>
    private const int LongestText = 4000;

    private const int MostRounds = 50;

    /// <summary>Shorter parts of a name ("de", "Al") are words too.</summary>
    private const int ShortestName = 3;

    /// <summary>What the features see in place of personal data: the same kinds of tokens as in a message, and no word that would speak for a label.</summary>
    private static readonly (string Placeholder, string StandIn)[] StandIns =
    [
        ("[EMAIL]", "x@x"), ("[PHONE]", "0000000000"), ("[ADDRESS]", "00 00000"), ("[IBAN]", "XX000000000000000000"), ("[CARD]", "0000 0000 0000 0000"),
        ("[NAME]", ""), ("[ORDER]", "00000"), ("[PARCEL]", "XX000000000XX"),
    ];

    /// <summary>A message as the model reads it, without personal data, the sender's name, and the numbers of orders and parcels.</summary>
    /// <param name="fromName">The sender's display name, when there is one.</param>
    /// <param name="orders">The shop's order numbers.</param>
    public static string Redacted(string? subject, string visibleText, string? fromName, OrderNumbers orders)
    {
        var text = Redaction.Of(IntentReader.WithTopic(subject, visibleText));
        // A number is found where it stands first: look again until there is none.
        for (var round = 0; round < MostRounds && PersonalData.Find(text, orders, parcels: true) is { Count: > 0 } found; round++) text = Redaction.Of(text, found);
        text = WithoutName(text, fromName);
        return text.Length > LongestText ? text[..LongestText] : text;
    }

    /// <summary>The labelled text that a correction becomes: one line, numbers and names stood in for.</summary>
    public static LabelledText Of(Correction correction) => new(correction.Intent, Line(correction.Text), correction.Language);

    /// <summary>
    /// The seeds, then the corrections in an order of their own, each once: the same texts give the same version, whatever the order
    /// they came in. What the seeds have already, what lies in the frozen set and what is empty is left out.
    /// </summary>
    public static IReadOnlyList<LabelledText> Of(IReadOnlyList<LabelledText> seeds, IEnumerable<LabelledText> corrections, IReadOnlyList<LabelledText> frozen)
    {
        var known = seeds.ToHashSet();
        var kept = frozen.Select(text => text.Text).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. seeds,
            .. corrections.Where(text => text.Text.Length > 0 && !kept.Contains(text.Text) && known.Add(text))
                .OrderBy(text => text.Language, StringComparer.Ordinal).ThenBy(text => text.Label, StringComparer.Ordinal).ThenBy(text => text.Text, StringComparer.Ordinal),
        ];
    }

    // Names in the middle of a sentence are not known for such, but the sender's own is.
    private static string WithoutName(string text, string? fromName)
    {
        var placeholder = Redaction.Placeholder(PersonalDataKind.Name);
        foreach (var part in (fromName ?? "").Split([' ', ',', '.', '-', '"', '\''], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length >= ShortestName))
        {
            for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at, StringComparison.Ordinal))
            {
                var end = at + part.Length;
                var isWord = (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));
                if (isWord) text = string.Concat(text.AsSpan(0, at), placeholder, text.AsSpan(end));
                at += isWord ? placeholder.Length : part.Length;
            }
        }

        return text;
    }

    private static string Line(string text)
    {
        foreach (var (placeholder, standIn) in StandIns) text = text.Replace(placeholder, standIn, StringComparison.Ordinal);
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c)) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }
}
