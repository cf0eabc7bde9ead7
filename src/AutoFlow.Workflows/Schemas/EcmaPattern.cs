using System.Text.RegularExpressions;

namespace AutoFlow.Workflows.Schemas;

/// <summary>
/// A regular expression by ECMA-262 with the flag <c>u</c>, as JSON Schema asks for (core, section 6.4). It matches anywhere in the
/// text, in linear time unless it looks around or back, and then under a time limit.
/// </summary>
internal sealed class EcmaPattern
{
    private readonly Regex _regex;

    private EcmaPattern(string text, Regex regex) => (Text, _regex) = (text, regex);

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>Reads an expression; null (and the reason) when it is none.</summary>
    public static (EcmaPattern? Pattern, string? Error) Read(string text, TimeSpan timeout)
    {
        var (translated, error) = EcmaTranslation.ToDotNet(text);
        if (translated is null) return (null, error);
        try
        {
            return (new EcmaPattern(text, Compile(translated, timeout)), null);
        }
        catch (RegexParseException e)
        {
            return (null, Reason(e));
        }
    }

    /// <summary>Whether the text has a match.</summary>
    /// <exception cref="SchemaLimitException">The search took too long.</exception>
    public bool Matches(string text, ValuePath path, string pointer)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new SchemaLimitException(path, pointer, $"takes too long to match the pattern {Text}");
        }
    }

    private static Regex Compile(string pattern, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, timeout);
        }
    }

    // .NET names the pattern, which is not the author's own, before the reason.
    private static string Reason(RegexParseException e)
    {
        var reason = e.Message.LastIndexOf(". ", StringComparison.Ordinal) is var at and >= 0 ? e.Message[(at + 2)..] : e.Message;
        return reason.TrimEnd('.');
    }
}
