using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AutoFlow.Understanding.Text;

/// <summary>Turns a mail's HTML into lines as a reader sees them. Nothing is loaded and no script is run.</summary>
public static class HtmlText
{
    /// <summary>Longest HTML that is parsed, in characters; a reply stands at the start, what is cut is old thread and pictures.</summary>
    public const int Longest = 300_000;

    /// <summary>Longest text that is produced, in characters.</summary>
    public const int LongestText = 60_000;

    private const int Deepest = 2_000;

    private static readonly string[] Void = ["br", "img", "hr", "meta", "link", "input", "col", "p", "li", "td", "tr", "o:p"];

    private static readonly HashSet<string> Hidden =
        new(["SCRIPT", "STYLE", "HEAD", "TITLE", "NOSCRIPT", "TEMPLATE", "OBJECT", "IFRAME", "SVG", "SELECT", "TEXTAREA"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Blocks = new(
        ["ADDRESS", "ARTICLE", "BLOCKQUOTE", "BODY", "CENTER", "DD", "DIV", "DL", "DT", "FIELDSET", "FOOTER", "FORM", "H1", "H2", "H3", "H4", "H5", "H6",
         "HEADER", "HR", "LI", "MAIN", "OL", "P", "PRE", "SECTION", "TABLE", "TR", "UL"], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] QuoteClasses = ["gmail_quote", "yahoo_quoted", "protonmail_quote", "zmail_extra", "moz-cite-prefix", "tutanota_quote"];

    // Mail programs mark what they put below every mail; what people type stands outside.
    private static readonly string[] SignatureClasses = ["gmail_signature", "moz-signature", "protonmail_signature_block", "ms-outlook-mobile-signature"];

    private static readonly Regex DataUri = new("data:[a-z]+/[^\"'\\s>]{200,}", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);

    private static readonly Regex HiddenStyle =
        new(@"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(px|pt|em)?\s*(;|$)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);

    /// <summary>The text. Lines inside quoted elements start with <c>&gt; </c>, so that the quote cutter sees HTML and plain mail alike; a forwarded mail is not marked.</summary>
    public static string Of(string html)
    {
        var source = DataUri.Replace(html.Length > 8_000_000 ? html[..8_000_000] : html, "");
        if (source.Length > Longest) source = source[..Longest];
        source = source[..WithinDepth(source)];
        using var document = new HtmlParser().ParseDocument(source);
        if (document.Body is not { } body) return "";
        var text = Written(body, signatures: false);
        // Some people type inside the signature's own box.
        return text.Any(char.IsLetterOrDigit) ? text : Written(body, signatures: true);
    }

    private static string Written(INode body, bool signatures)
    {
        var text = new LineWriter();
        Walk(body, text, signatures);
        return text.ToString();
    }

    // Parsing costs the square of the nesting; no mail program nests like this. Tags that good mail leaves open do not count: the parser closes them itself.
    private static int WithinDepth(string html)
    {
        var depth = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            if (html[at + 1] == '/')
            {
                if (!IsVoid(html.AsSpan(at + 2))) depth = Math.Max(0, depth - 1);
            }
            else if (char.IsAsciiLetter(html[at + 1]) && !IsVoid(html.AsSpan(at + 1)) && ++depth > Deepest) return at;
        }
        return html.Length;
    }

    private static bool IsVoid(ReadOnlySpan<char> tag)
    {
        foreach (var name in Void)
            if (tag.StartsWith(name, StringComparison.OrdinalIgnoreCase) && tag.Length > name.Length && !char.IsAsciiLetterOrDigit(tag[name.Length])) return true;
        return false;
    }

    // A loop over the tree with an explicit stack: hostile mail nests elements deeper than the call stack is.
    private static void Walk(INode root, LineWriter text, bool signatures)
    {
        var open = new Stack<(INode Node, bool Leave)>();
        open.Push((root, false));
        while (open.Count > 0 && text.Length < LongestText)
        {
            var (node, leave) = open.Pop();
            if (leave)
            {
                Leave((IElement)node, text);
                continue;
            }
            if (node is IText words) text.Words(words.Data);
            if (node is not IElement element || IsHidden(element) || (!signatures && IsSignature(element))) continue;
            Enter(element, text);
            open.Push((element, true));
            for (var child = element.LastChild; child is not null; child = child.PreviousSibling) open.Push((child, false));
        }
    }

    private static void Enter(IElement element, LineWriter text)
    {
        if (element.LocalName == "br") text.Break();
        if (Blocks.Contains(element.LocalName)) text.NewLine();
        if (element.LocalName is "td" or "th") text.Words(" ");
        if (IsQuote(element)) text.Depth++;
    }

    private static void Leave(IElement element, LineWriter text)
    {
        if (Blocks.Contains(element.LocalName)) text.NewLine();
        if (element.LocalName is "p") text.Break();
        if (!IsQuote(element)) return;
        text.NewLine();
        text.Depth--;
    }

    private static bool IsHidden(IElement element) =>
        Hidden.Contains(element.LocalName) || element.HasAttribute("hidden")
        || (element.GetAttribute("style") is { Length: < 2000 } style && HiddenStyle.IsMatch(style));

    private static bool IsSignature(IElement element) =>
        (element.ClassName is { Length: > 0 and < 500 } classes && SignatureClasses.Any(s => classes.Contains(s, StringComparison.Ordinal)))
        || element.Id == "ms-outlook-mobile-signature";

    private static bool IsQuote(IElement element)
    {
        var quote = element.LocalName == "blockquote"
            || (element.ClassName is { Length: < 500 } classes && QuoteClasses.Any(q => classes.Contains(q, StringComparison.OrdinalIgnoreCase)));
        return quote && !StartsAsForward(element);
    }

    private static bool StartsAsForward(IElement element)
    {
        // Only the beginning counts, and only so much of it is read.
        var start = new StringBuilder();
        var node = element.FirstChild;
        for (var steps = 0; node is not null && steps < 40 && start.Length < 200; steps++)
        {
            if (node is IText t) start.Append(t.Data.Length > 200 ? t.Data[..200] : t.Data);
            node = node.FirstChild ?? Next(node, element);
        }
        return QuoteHeaders.IsForwardMarker(start.ToString().Trim());
    }

    private static INode? Next(INode node, IElement root)
    {
        for (INode? at = node; at is not null && at != root; at = at.Parent)
            if (at.NextSibling is { } next) return next;
        return null;
    }

    private sealed class LineWriter
    {
        private readonly StringBuilder _text = new();
        private bool _atStart = true;
        private bool _space;

        public int Depth { get; set; }

        public int Length => _text.Length;

        public void Words(string words)
        {
            foreach (var c in words)
            {
                if (char.IsWhiteSpace(c) && c != '\u00a0')
                {
                    _space = true;
                    continue;
                }
                if (_atStart) _text.Append(Depth > 0 ? "> " : "");
                else if (_space) _text.Append(' ');
                _text.Append(c);
                _atStart = _space = false;
            }
        }

        public void NewLine()
        {
            if (!_atStart) Break();
        }

        public void Break()
        {
            if (_atStart && Depth > 0) _text.Append('>');
            _text.Append('\n');
            _atStart = true;
            _space = false;
        }

        public override string ToString() => _text.ToString().Trim('\n', ' ');
    }
}
