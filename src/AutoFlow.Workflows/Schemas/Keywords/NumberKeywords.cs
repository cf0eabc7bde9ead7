using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>The limits of numbers (validation, section 6.2).</summary>
internal static class NumberKeywords
{
    public static SchemaKeyword? MultipleOf(KeywordReader reader)
    {
        if (reader.Number() is not { } of) return null;
        if (!Numbers.IsPositive(of))
        {
            reader.Wrong("'multipleOf' must be greater than 0");
            return null;
        }

        return On(reader, number => Numbers.IsMultiple(number, of) ? null : $"must be a multiple of {of.Format()}");
    }

    /// <summary><c>minimum</c>; in draft 4 <c>exclusiveMinimum: true</c> beside it shuts the limit itself out.</summary>
    public static SchemaKeyword? Minimum(KeywordReader reader) =>
        reader.Number() is not { } limit ? null : IsExclusive(reader, "exclusiveMinimum") ? Above(reader, limit) : On(
            reader, number => Compare(number, limit) >= 0 ? null : $"must be {limit.Format()} or more");

    public static SchemaKeyword? Maximum(KeywordReader reader) =>
        reader.Number() is not { } limit ? null : IsExclusive(reader, "exclusiveMaximum") ? Below(reader, limit) : On(
            reader, number => Compare(number, limit) <= 0 ? null : $"must be {limit.Format()} or less");

    public static SchemaKeyword? ExclusiveMinimum(KeywordReader reader) => reader.Number() is { } limit ? Above(reader, limit) : null;

    public static SchemaKeyword? ExclusiveMaximum(KeywordReader reader) => reader.Number() is { } limit ? Below(reader, limit) : null;

    /// <summary>Draft 4: true or false beside the limit, which reads it.</summary>
    public static SchemaKeyword? ExclusiveFlag(KeywordReader reader)
    {
        if (reader.Value.AsBoolean() is null) reader.Mistyped("true or false in draft 4");
        return null;
    }

    private static bool IsExclusive(KeywordReader reader, string keyword) =>
        reader.Draft == SchemaDraft.Draft4 && reader.Schema[keyword].AsBoolean() == true;

    private static Assertion Above(KeywordReader reader, JqNumber limit) =>
        On(reader, number => Compare(number, limit) > 0 ? null : $"must be more than {limit.Format()}");

    private static Assertion Below(KeywordReader reader, JqNumber limit) =>
        On(reader, number => Compare(number, limit) < 0 ? null : $"must be less than {limit.Format()}");

    private static int Compare(JqNumber number, JqNumber limit) => JqNumber.Compare(number, limit, nanEqualsNan: false);

    private static Assertion On(KeywordReader reader, Func<JqNumber, string?> wrong) =>
        new(reader.Pointer, value => value is JqNumber number ? wrong(number) : null);
}
