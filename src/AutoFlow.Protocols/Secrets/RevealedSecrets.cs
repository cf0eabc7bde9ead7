using System.Text;
using System.Text.RegularExpressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols;

/// <summary>The secrets of one call, by mark: puts them into what is sent and takes them out of what comes back.</summary>
internal sealed class RevealedSecrets
{
    /// <summary>Shorter secrets are left in answers: taking them out would tear ordinary words.</summary>
    private const int ShortestConcealed = 4;

    private const int ShortestHidden = 8;
    private const int DeepestNesting = 1_000;
    private const string Hidden = "***";

    /// <summary>The arguments that are data of the author's and the customer's, in which no property is an address.</summary>
    private static readonly string[] Data = ["body", "headers", "message", "parameters", "query"];

    private readonly Dictionary<string, string> _secrets;
    private readonly Dictionary<string, string> _spellings;
    private readonly Regex? _marks;
    private Regex? _texts;

    public RevealedSecrets(Dictionary<string, string> secrets)
    {
        _secrets = secrets;
        _spellings = Spellings(secrets);
        _marks = AnyOf(secrets.Keys);
        _texts = AnyOf(_spellings.Keys);
    }

    /// <summary>
    /// The value with every mark replaced by its secret. In an endpoint's <c>uri</c> the secret is percent-encoded, unless the
    /// address begins with it: then it is an address itself.
    /// </summary>
    public JqValue Reveal(JqValue arguments)
    {
        if (_marks is null) return arguments;
        if (arguments.Depth > DeepestNesting) throw Failures.Validation($"the arguments of a call with secrets nest deeper than {DeepestNesting} levels");
        return JqValue.FromObject(arguments.Properties.Select(p =>
            KeyValuePair.Create(p.Key, Map(p.Value, p.Key, Data.Contains(p.Key) ? RevealData : RevealSetting))));
    }

    /// <summary>The value with every secret replaced by its mark: in texts, names and numbers, also percent-encoded and inside base64.</summary>
    public JqValue Conceal(JqValue output)
    {
        if (_texts is null) return output;
        if (output.Depth > DeepestNesting) throw Failures.BadAnswer($"the answer to a call with secrets nests deeper than {DeepestNesting} levels");
        return Concealed(output);
    }

    /// <summary>The text with every secret replaced by its mark.</summary>
    public string Conceal(string text)
    {
        if (_texts is null) return text;
        var concealed = _texts.Replace(text, match => _spellings[match.Value]);
        return ReferenceEquals(concealed, text) || concealed == text ? ConcealBase64(text) : concealed;
    }

    /// <summary>Takes one more text out of what comes back: a token, or what credentials became in a header.</summary>
    public void Hide(string text)
    {
        if (text.Length >= ShortestHidden && _spellings.TryAdd(text, Hidden)) _texts = AnyOf(_spellings.Keys);
    }

    private static Dictionary<string, string> Spellings(Dictionary<string, string> secrets)
    {
        var spellings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (mark, secret) in secrets)
        {
            if (secret.Length < ShortestConcealed) continue;
            foreach (var text in Addresses(secret).Prepend(secret))
            {
                foreach (var spelling in new[] { text, Uri.EscapeDataString(text), System.Net.WebUtility.UrlEncode(text) })
                    spellings.TryAdd(spelling, mark);
            }
        }

        return spellings;
    }

    /// <summary>How a secret that is an address is written once it was sent: normalised (RFC 3986 §6.2.2, §6.2.3), as a whole or in its host and port only.</summary>
    private static IEnumerable<string> Addresses(string secret)
    {
        if (!Uri.TryCreate(secret, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) yield break;
        var start = uri.GetLeftPart(UriPartial.Authority);
        var text = secret.Trim();
        var from = text.IndexOf("//", StringComparison.Ordinal) + 2;
        var path = text.AsSpan(from).IndexOfAny('/', '?', '#');
        yield return path < 0 ? start : $"{start}{text.AsSpan(from + path)}";
        if (path < 0) yield break; // its "/" belongs to what is put behind it
        yield return uri.AbsoluteUri;
        yield return uri.ToString();
    }

    private static Regex? AnyOf(Dictionary<string, string>.KeyCollection texts) => texts.Count == 0
        ? null
        : new Regex(string.Join('|', texts.OrderByDescending(static t => t.Length).Select(Regex.Escape)), RegexOptions.CultureInvariant);

    private static JqValue Map(JqValue value, string key, Func<string, string, string> reveal) => value.Kind switch
    {
        JqKind.String => JqValue.From(reveal(value.AsString()!, key)),
        JqKind.Array => JqValue.FromArray(value.Items.Select(item => Map(item, key, reveal))),
        JqKind.Object => JqValue.FromObject(value.Properties.Select(p => KeyValuePair.Create(p.Key, Map(p.Value, p.Key, reveal)))),
        _ => value,
    };

    private JqValue Concealed(JqValue value) => value.Kind switch
    {
        JqKind.String => JqValue.From(Conceal(value.AsString()!)),
        JqKind.Number when _spellings.TryGetValue(value.ToJson(), out var mark) => JqValue.From(mark),
        JqKind.Array => JqValue.FromArray(value.Items.Select(Concealed)),
        JqKind.Object => JqValue.FromObject(value.Properties.Select(p => KeyValuePair.Create(Conceal(p.Key), Concealed(p.Value)))),
        _ => value,
    };

    private string RevealData(string text, string key) => _marks!.Replace(text, match => _secrets[match.Value]);

    private string RevealSetting(string text, string key) => _marks!.Replace(text, match =>
        key == "uri" && match.Index > 0 ? Uri.EscapeDataString(_secrets[match.Value]) : _secrets[match.Value]);

    private string ConcealBase64(string text)
    {
        if (text.Length < ShortestConcealed || text.Length % 4 != 0) return text;
        var bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return text;
        var inside = Encoding.Latin1.GetString(bytes, 0, length);
        var changed = inside;
        foreach (var (spelling, mark) in _spellings)
            changed = changed.Replace(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(spelling)), mark, StringComparison.Ordinal);
        return changed == inside ? text : Convert.ToBase64String(Encoding.Latin1.GetBytes(changed));
    }
}
