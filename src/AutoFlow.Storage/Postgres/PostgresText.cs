using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AutoFlow.Storage.Postgres;

/// <summary>
/// Texts as PostgreSQL takes them: it refuses the zero character, and half of a surrogate pair is no UTF-8. Customers send
/// both; each becomes U+FFFD, when it is stored and when it is looked for, so that no message is refused for it.
/// </summary>
internal sealed class PostgresText() : ValueConverter<string, string>(text => Of(text), text => text)
{
    public static string Of(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && !HasHalves(text)) return text;
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // gives U+FFFD for a half
            whole.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        return whole.ToString();
    }

    private static bool HasHalves(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }
}
