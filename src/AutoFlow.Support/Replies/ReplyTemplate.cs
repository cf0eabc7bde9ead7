using System.Text;

namespace AutoFlow.Support.Replies;

/// <summary>
/// A paragraph's text with placeholders: <c>{name}</c> is filled, <c>[ … {name} …]</c> is left out when one of its
/// values is missing. Parsed once; a value is written as it is and never parsed.
/// </summary>
public sealed class ReplyTemplate
{
    private readonly IReadOnlyList<Part> _parts;

    private ReplyTemplate(IReadOnlyList<Part> parts)
    {
        _parts = parts;
        Required = [.. parts.OfType<Hole>().Select(hole => hole.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Optional = [.. parts.OfType<OptionalPart>().SelectMany(part => part.Parts).OfType<Hole>().Select(hole => hole.Name)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Placeholders that must have a value, sorted.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>Placeholders in optional parts, sorted.</summary>
    public IReadOnlyList<string> Optional { get; }

    /// <summary>The template, or what is wrong with the text.</summary>
    public static (ReplyTemplate? Template, string? Error) Parse(string text)
    {
        var parts = new List<Part>();
        List<Part>? inside = null;
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '{':
                    var end = text.IndexOf('}', i);
                    var name = end < 0 ? "" : text[(i + 1)..end];
                    if (name.Length == 0 || !name.All(char.IsAsciiLetter)) return (null, "a placeholder is a word in braces, for example {order}");
                    Flush();
                    (inside ?? parts).Add(new Hole(name));
                    i = end;
                    break;
                case '[' when inside is null:
                    Flush();
                    inside = [];
                    break;
                case ']' when inside is not null:
                    Flush();
                    if (!inside.OfType<Hole>().Any()) return (null, "an optional part [...] needs a placeholder");
                    parts.Add(new OptionalPart(inside));
                    inside = null;
                    break;
                case '[' or ']' or '}':
                    return (null, $"'{text[i]}' has no partner");
                default:
                    literal.Append(text[i]);
                    break;
            }
        }

        if (inside is not null) return (null, "'[' has no partner");
        Flush();
        return (new ReplyTemplate(parts), null);

        void Flush()
        {
            if (literal.Length > 0) (inside ?? parts).Add(new Literal(literal.ToString()));
            literal.Clear();
        }
    }

    /// <summary>The text, or the name of a required placeholder without a value.</summary>
    /// <param name="value">A placeholder's value as text; null when it has none.</param>
    public (string? Text, string? Missing) Render(Func<string, string?> value)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            switch (part)
            {
                case Literal literal:
                    text.Append(literal.Text);
                    break;
                case Hole hole when value(hole.Name) is { } filled:
                    text.Append(filled);
                    break;
                case Hole hole:
                    return (null, hole.Name);
                case OptionalPart optional:
                    var pieces = optional.Parts.Select(piece => piece is Hole inner ? value(inner.Name) : ((Literal)piece).Text).ToList();
                    if (!pieces.Contains(null)) text.AppendJoin("", pieces);
                    break;
            }
        }

        return (text.ToString().Trim(), null);
    }

    private abstract record Part;

    private sealed record Literal(string Text) : Part;

    private sealed record Hole(string Name) : Part;

    private sealed record OptionalPart(IReadOnlyList<Part> Parts) : Part;
}
