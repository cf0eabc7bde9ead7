using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Support.Outbox;

/// <summary>
/// How AutoFlow knows its own mail, so that two of them never talk to each other. A header is what machines read; a gateway may
/// take it out, so the text itself ends with a mark too: a code over all its letters and digits. Who adds a word to the text, as a
/// customer does who answers above it, no longer has the text that the mark belongs to.
/// </summary>
public static class OwnMark
{
    /// <summary>The header field of every mail that AutoFlow sends. Any AutoFlow's, not only this shop's.</summary>
    public const string Header = "X-AutoFlow";

    private const string Begin = "[AF-";

    private const int Length = 12;

    // No vowels: a code is never a word. No digits: it is never taken for an order or a parcel. 20 to the 12th is 51 bits.
    private const string Letters = "bcdfghjkmnpqrstvwxyz";

    /// <summary>The text as it leaves the house, with its mark as the last line. The same text gets the same mark.</summary>
    public static string Sign(string text) => $"{text.TrimEnd()}\n\n{Begin}{Code(text)}]";

    /// <summary>True when a body (plain text, nothing cut off) is one that was signed and to which no letter or digit was added; line breaks, quotes and spaces may differ.</summary>
    public static bool IsWhole(string text)
    {
        var at = text.LastIndexOf(Begin, StringComparison.Ordinal);
        var end = at + Begin.Length + Length;
        if (at <= 0 || end >= text.Length || text[end] != ']') return false;
        return !HasWords(text.AsSpan(end + 1)) && text.AsSpan(at + Begin.Length, Length).SequenceEqual(Code(text.AsSpan(0, at)));
    }

    /// <summary>True when a body has something like a mark; it is cheap to ask before HTML is made text.</summary>
    public static bool MayBeIn(string body) => body.Contains(Begin, StringComparison.Ordinal);

    private static string Code(ReadOnlySpan<char> text)
    {
        var said = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) said.Append(c);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(said.ToString()));
        return string.Create(Length, hash, static (code, bytes) =>
        {
            for (var i = 0; i < code.Length; i++) code[i] = Letters[((bytes[2 * i] << 8) | bytes[(2 * i) + 1]) % Letters.Length];
        });
    }

    private static bool HasWords(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) return true;
        return false;
    }
}
