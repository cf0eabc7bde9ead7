using System.Globalization;
using System.Text;

namespace AutoFlow.Support.Replies;

/// <summary>Makes text from outside safe to show inside one line of a reply.</summary>
public static class PlainText
{
    /// <summary>
    /// One line: control, format (bidirectional overrides, zero-width) and unpaired characters dropped, white space joined,
    /// at most <paramref name="most"/> characters (Unicode scalars), the last an ellipsis where the text was cut.
    /// </summary>
    public static string Clean(string text, int most)
    {
        var clean = new StringBuilder(Math.Min(text.Length, most));
        var (count, space) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = clean.Length > 0;
                continue;
            }

            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) continue;
            var needed = space ? 2 : 1;
            if (count + needed >= most) return clean.Append('…').ToString();
            if (space) clean.Append(' ');
            clean.Append(rune.ToString());
            (count, space) = (count + needed, false);
        }

        return clean.ToString();
    }

    /// <summary>A person's name fit for a greeting, or null: letters and the marks of names only, at most five words and 60 characters.</summary>
    public static string? Name(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 60) return null;
        var clean = Clean(name, 61);
        var fits = clean.EnumerateRunes().All(rune => Rune.IsLetter(rune) || rune.Value is ' ' or '-' or '.' or '\'' or '’'
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
        // "evil.example" is no name: a point must end a word.
        var pointInside = clean.Zip(clean.Skip(1)).Any(pair => pair.First == '.' && pair.Second != ' ');
        return fits && !pointInside && clean.Any(char.IsLetter) && clean.Split(' ').Length <= 5 ? clean : null;
    }
}
