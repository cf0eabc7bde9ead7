namespace AutoFlow.Understanding.Entities;

/// <summary>The nearest word that names a number.</summary>
/// <param name="Direct">Only glue and other numbers stand between.</param>
/// <param name="Distance">In words, 1 = next to it.</param>
/// <param name="At">The word; -1 when there is none.</param>
internal readonly record struct Naming(NumberWord Kind, bool Direct, int Distance, int At)
{
    public static readonly Naming Nothing = new(NumberWord.None, false, 0, -1);
}

/// <summary>The words before and after a number in its sentence.</summary>
/// <param name="first">The number's first word.</param>
/// <param name="last">Its last word.</param>
internal readonly struct NumberContext(EntityText text, int first, int last)
{
    /// <summary>How far a word may stand before a number and after it to say something about it, in signs.</summary>
    private const int Reach = 70, ReachAfter = 35;

    /// <summary>The nearest word before that names a number.</summary>
    public Naming Before() => Named(-1);

    /// <summary>The nearest word after that names a number.</summary>
    public Naming After() => Named(1);

    /// <summary>True when the next word is of this kind.</summary>
    public bool IsFollowedBy(NumberWord kind) => last + 1 < text.Count && IsNear(last + 1) && text[last + 1].Kind == kind;

    /// <summary>True when a word of this kind, or one with digits, stands between the number and the word <paramref name="distance"/> before it.</summary>
    public bool HasBefore(int distance, NumberWord kind, bool orDigits = false)
    {
        for (var i = first - 1; i >= 0 && i >= first - distance; i--)
            if (text[i].Kind == kind || (orDigits && text[i].HasDigit)) return true;
        return false;
    }

    /// <summary>The text calls this number an order: "order 1234", "1234 is my order", and not "1234, order 5678".</summary>
    public bool IsCalledOrder(Naming before, Naming after) =>
        before.Kind is NumberWord.Order or NumberWord.Ordered || (after is { Kind: NumberWord.Order, Direct: true } && !HasOwnNumber(after.At));

    /// <summary>The word for an order in this sentence whose number may be this one; null when there is none.</summary>
    public int? FreeOrderWord()
    {
        for (var i = first - 1; i >= 0 && IsNear(i); i--)
            if (text[i].Kind == NumberWord.Order && !HasOwnNumber(i) && !IsFigureOfSpeech(i)) return i;
        for (var i = last + 1; i < text.Count && IsNear(i); i++)
            if (text[i].Kind == NumberWord.Order && !HasOwnNumber(i) && !IsFigureOfSpeech(i)) return i;
        return null;
    }

    /// <summary>The word before it in this sentence for a phone or a postcode whose number may be this one; null when there is none.</summary>
    public int? FreePhoneWord()
    {
        var taken = false;
        for (var i = first - 1; i >= 0 && IsNear(i); i--)
        {
            if (text[i].Kind is NumberWord.Phone or NumberWord.Postcode || CallWords.AnnouncePhone(text, i, first))
            {
                if (!taken) return i;
                taken = false;
            }
            // "Call me on 0171 2345678 about parcel 1234": the phone has its number.
            else if (text[i].HasDigit) taken = true;
            else if (NumberWords.Names(text[i].Kind)) taken = false;
        }
        return null;
    }

    /// <summary>The word and a "number" beside it name a number: "tracking number", "numéro de colis".</summary>
    public bool IsNumberName(int word) => IsTermAfter(word) || IsTermBefore(word);

    /// <summary>Nothing but a colon or spaces stands between the word and the number.</summary>
    public bool Touches(int word) => word == first - 1;

    // "order 1001", but not the number that is asked about.
    private bool HasOwnNumber(int word)
    {
        for (var i = word + 1; i < text.Count && i <= word + 4; i++)
        {
            if (text[i].HasDigit) return i < first || i > last;
            if (text[i].Kind is not (NumberWord.Connector or NumberWord.Term)) return false;
        }
        return false;
    }

    private bool IsTermAfter(int word) =>
        word + 1 < text.Count && word + 1 < first && text[word + 1].Kind == NumberWord.Term && text[word + 1].Sentence == text[word].Sentence;

    private bool IsTermBefore(int word)
    {
        for (var i = word - 1; i >= 0 && i >= word - 3 && text[i].Sentence == text[word].Sentence; i--)
        {
            // "I have no tracking": the word is a denial here.
            if (text[i].Kind == NumberWord.Term) return !text.Signs(i).Equals("no", StringComparison.OrdinalIgnoreCase) && !(i > 0 && text[i - 1].Kind is NumberWord.Order);
            if (text[i].Kind != NumberWord.Connector) return false;
        }
        return false;
    }

    private Naming Named(int step)
    {
        var direct = true;
        var from = step < 0 ? first : last;
        for (var i = from + step; i >= 0 && i < text.Count && IsNear(i); i += step)
        {
            var word = text[i];
            if (NumberWords.Names(word.Kind) && !IsFigureOfSpeech(i)) return new Naming(word.Kind, direct, Math.Abs(i - from), i);
            // Another number between: it may carry the name on ("orders 1001 and 1002").
            if (word.Kind is not (NumberWord.Connector or NumberWord.Term) && !word.HasDigit) direct = false;
        }
        return Naming.Nothing;
    }

    // "in order to".
    private bool IsFigureOfSpeech(int word) =>
        word > 0 && word + 1 < text.Count && text.Signs(word).SequenceEqual("order")
        && text.Signs(word - 1).Equals("in", StringComparison.OrdinalIgnoreCase) && text.Signs(word + 1).SequenceEqual("to");

    private bool IsNear(int word) => word < first
        ? text[word].Sentence == text[first].Sentence && text[first].Start - text[word].Start <= Reach
        : text[word].Sentence == text[last].Sentence && text[word].End - text[last].End <= ReachAfter;
}
