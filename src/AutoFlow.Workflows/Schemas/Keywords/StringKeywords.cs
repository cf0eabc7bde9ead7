using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Schemas.Formats;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>The limits of strings (validation, section 6.3) and <c>format</c> (section 7).</summary>
internal static class StringKeywords
{
    public static SchemaKeyword? MaxLength(KeywordReader reader) => reader.Count() is { } most
        ? On(reader, text => CodePoints.Count(text) <= most ? null : $"must have at most {Words.Of(most, "character", "characters")}")
        : null;

    public static SchemaKeyword? MinLength(KeywordReader reader) => reader.Count() is { } least
        ? On(reader, text => CodePoints.Count(text) >= least ? null : $"must have at least {Words.Of(least, "character", "characters")}")
        : null;

    public static SchemaKeyword? Pattern(KeywordReader reader) =>
        reader.Text() is { } text && reader.Pattern(text, reader.Pointer) is { } pattern ? new PatternKeyword(reader.Pointer, pattern) : null;

    public static SchemaKeyword? Format(KeywordReader reader)
    {
        if (reader.Text() is not { } name) return null;
        if (SchemaFormats.Find(name) is not { } format)
        {
            if (NearestWord.Suggestion(name, SchemaFormats.Names) is { } hint) reader.Warn($"unknown format '{name}', which asks for nothing", hint);
            return null;
        }

        return reader.Options.AssertFormat ? On(reader, text => format.Fits(text) ? null : $"must be {format.Description}") : null;
    }

    private static Assertion On(KeywordReader reader, Func<string, string?> wrong) =>
        new(reader.Pointer, value => value.AsString() is { } text ? wrong(text) : null);

    private sealed class PatternKeyword(string pointer, EcmaPattern pattern) : SchemaKeyword(pointer)
    {
        public override bool Check(SchemaSite site) =>
            site.Value.AsString() is not { } text
            || pattern.Matches(text, site.Path, Pointer)
            || site.Run.Fail(site.Path, Pointer, $"must match the pattern {pattern.Text}");
    }
}
