using System.Text;

namespace AutoFlow.Cli.Graph;

/// <summary>Text in SVG: how wide it is, about, and how it is escaped.</summary>
internal static class SvgText
{
    /// <summary>The width in a common sans-serif face, a little generously, since the viewer's face is not known.</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        var units = text.Sum(static c => c switch
        {
            'i' or 'j' or 'l' or '.' or ',' or '\'' or '|' or ':' or ';' or '!' => 0.30,
            'f' or 't' or 'r' or ' ' or '(' or ')' or '[' or ']' or '/' or '-' or '"' => 0.39,
            'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.90,
            >= 'A' and <= 'Z' or '$' or '_' or '=' or '>' or '<' or '+' => 0.70,
            > '\u2e80' => 1.0,
            _ => 0.58,
        });
        return units * size * (bold ? 1.07 : 1);
    }

    /// <summary>Text for an element or an attribute of XML.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '&': escaped.Append("&amp;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\n': escaped.Append('\n'); break;
                default: escaped.Append(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? " " : rune.ToString()); break;
            }
        }

        return escaped.ToString();
    }
}
