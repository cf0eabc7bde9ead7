using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AutoFlow.Support.Replies;

/// <summary>A reply ready to send.</summary>
/// <param name="Language">ISO 639-1, the language really used.</param>
/// <param name="Text">Plain text, lines ended by LF.</param>
public sealed record Reply(string Language, string Text);

/// <summary>Words a reply: greeting, paragraphs, closing, signature.</summary>
public sealed partial class ReplyComposer(ReplyCatalog catalog)
{
    private const int LongestValue = 200;
    private const int LongestSubject = 150;

    /// <summary>
    /// The reply in <paramref name="language"/> (ISO 639-1), or in the fallback language. Fails with <c>unknown-paragraph</c>
    /// or <c>missing-value</c>: mistakes of a workflow.
    /// </summary>
    /// <param name="customerName">Greeted by it when it is fit for a greeting; null greets without a name.</param>
    public Result<Reply> Compose(string language, string? customerName, IReadOnlyList<Paragraph> paragraphs)
    {
        var words = catalog.Language(language);
        var name = PlainText.Name(customerName);
        var text = new StringBuilder((name is null ? words.GreetingWithoutName : words.Greeting).Render(_ => name).Text);
        foreach (var paragraph in paragraphs)
        {
            if (catalog.Find(paragraph.Key, words.Code) is not { } template)
                return new Failure("unknown-paragraph", Unknown(paragraph.Key));
            var (said, missing) = template.Render(hole => paragraph.Values.TryGetValue(hole, out var value) && value is not null ? Write(value, words) : null);
            if (said is null) return new Failure("missing-value", $"Paragraph '{paragraph.Key}' needs a value for {{{missing}}}.");
            // A paragraph that is a line of a list stands right under the one before.
            text.Append(said.StartsWith("- ", StringComparison.Ordinal) ? "\n" : "\n\n").Append(said);
        }

        text.Append("\n\n").Append(words.Closing.Render(_ => null).Text);
        text.Append('\n').Append(words.Signature.Render(_ => catalog.Shop).Text).Append('\n');
        return new Reply(words.Code, text.ToString());
    }

    /// <summary>The subject: the customer's with one <c>Re:</c> before it (none added to an answer), else the language's own, with the order's number where known.</summary>
    public string Subject(string language, string? inboundSubject, string? orderNumber)
    {
        var subject = PlainText.Clean(inboundSubject ?? "", LongestSubject);
        if (subject.Length > 0) return AnswerPrefix().IsMatch(subject) ? subject : $"Re: {subject}";
        var order = orderNumber is null ? null : PlainText.Clean(orderNumber, 40);
        return catalog.Language(language).Subject.Render(_ => order).Text!;
    }

    private string Unknown(string key)
    {
        var hint = NearestWord.Suggestion(key, catalog.Keys);
        return $"There is no paragraph '{PlainText.Clean(key, 60)}'{(hint is null ? "" : $" ({hint})")}.";
    }

    private string? Write(ReplyValue value, ReplyLanguage words) => value switch
    {
        ReplyValue.Text text => Known(PlainText.Clean(text.Value, LongestValue)),
        ReplyValue.Count count => count.Value.ToString(CultureInfo.InvariantCulture),
        ReplyValue.List list => Known(words.Join([.. list.Items.Take(20).Select(item => PlainText.Clean(item, LongestValue))])),
        ReplyValue.Date date => words.Format(date.Day),
        ReplyValue.Amount { Money: var money } => catalog.Currencies.TryGetValue(money.Currency, out var currency)
            ? words.Format(money.Amount, currency.Decimals, currency.Symbol)
            : words.Format(money.Amount, 2, money.Currency),
        ReplyValue.Link link => Uri.TryCreate(link.Address, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address.AbsoluteUri : null,
        _ => null,
    };

    private static string? Known(string text) => text.Length == 0 ? null : text;

    // "Answer" as mail programs write it: Re, AW (German), Antw (Dutch), Odp (Polish), RIF and R (Italian), SV (Nordic).
    [GeneratedRegex(@"^(re|aw|antw|odp|rif|r|sv|ref)\s?(\[[0-9]+\])?\s?:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnswerPrefix();
}
