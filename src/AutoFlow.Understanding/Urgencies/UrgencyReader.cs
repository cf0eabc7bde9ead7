using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Urgencies;

/// <summary>How urgent a message is, and why.</summary>
/// <param name="Reasons">As <see cref="UnderstoodMessage.UrgencyReasons"/>.</param>
public sealed record UrgencyReading(Urgency Urgency, IReadOnlyList<string> Reasons);

/// <summary>Tells from words in nine languages how soon a person should see a message. Each reason counts once.</summary>
public static class UrgencyReader
{
    private const int LongestText = 4000;
    private const int FromHigh = 3, FromCritical = 8, UpToLow = -2;

    [Flags]
    private enum Reason
    {
        None = 0, Safety = 1, Threat = 2, Pressure = 4, Deadline = 8, Event = 16, Soon = 32, Repeated = 64, Calm = 128, Anger = 256, Often = 512,
    }

    // What a reason adds; a near day says something only of an occasion or a wish, and anger is counted apart.
    private static readonly (Reason Reason, string Name, int Points)[] Weights =
    [
        (Reason.Safety, "safety", FromCritical), (Reason.Threat, "threat", 3), (Reason.Pressure, "pressure", 3), (Reason.Deadline, "deadline", 3),
        (Reason.Event, "event", 2), (Reason.Repeated, "repeated", 3), (Reason.Often, "repeated", 2), (Reason.Anger, "anger", 1), (Reason.Calm, "calm", -3),
    ];

    private static readonly PhraseTable<Reason> Words = new("urgency-words.tsv", tag => Enum.Parse<Reason>(tag, ignoreCase: true));

    /// <param name="language">ISO 639-1; null when it is not known.</param>
    /// <param name="sentiment">-1 (furious) to 1 (delighted).</param>
    public static UrgencyReading Of(string text, string? language, double sentiment)
    {
        var plain = PlainWords.Of(text, LongestText);
        var languages = WordLanguages.OfText(language);
        // Trouble alone does not bring a sentiment down so far.
        var reasons = sentiment <= -0.5 ? Reason.Anger : Reason.None;
        for (var at = 1; at < plain.Length;)
        {
            var found = Words.Match(plain, at, languages);
            reasons |= found?.Meaning ?? Reason.None;
            at = PhraseTable<Reason>.NextWord(plain, found?.End ?? PhraseTable<Reason>.WordEnd(plain, at));
        }
        var points = sentiment <= -0.7 ? 1 : 0;
        if ((reasons & Reason.Soon) != 0 && (reasons & (Reason.Deadline | Reason.Event | Reason.Pressure)) != 0) points++;
        if ((reasons & Reason.Repeated) != 0) reasons &= ~Reason.Often;
        var names = new List<string>(4);
        foreach (var (reason, name, weight) in Weights)
        {
            if ((reasons & reason) == 0) continue;
            points += weight;
            names.Add(name);
        }
        var urgency = points switch { >= FromCritical => Urgency.Critical, >= FromHigh => Urgency.High, <= UpToLow => Urgency.Low, _ => Urgency.Normal };
        return new UrgencyReading(urgency, names);
    }
}
