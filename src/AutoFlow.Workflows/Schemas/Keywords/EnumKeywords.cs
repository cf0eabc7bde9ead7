using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary><c>enum</c> and <c>const</c>: fixed values (validation, sections 6.1.2 and 6.1.3).</summary>
internal static class EnumKeywords
{
    private const int MostShown = 10;

    public static SchemaKeyword? Enum(KeywordReader reader)
    {
        if (reader.Value.Kind != JqKind.Array)
        {
            reader.Mistyped("a list of values");
            return null;
        }

        var values = reader.Value.Items;
        if (values.Count == 0) reader.Warn("'enum' is empty, so no value fits");
        var texts = values.Select(static v => v.AsString()).OfType<string>().ToList();
        var expected = values.Count == 0
            ? "must not be there"
            : $"must be {Words.Or([.. values.Take(MostShown).Select(static v => v.ToJson())])}{(values.Count > MostShown ? ", …" : "")}";
        return new Assertion(reader.Pointer, value =>
            values.Contains(value) ? null
            : value.AsString() is { } text && NearestWord.To(text, texts) is { } near ? $"{expected} (did you mean '{near}'?)"
            : expected);
    }

    public static SchemaKeyword Const(KeywordReader reader)
    {
        var only = reader.Value;
        return new Assertion(reader.Pointer, value => value == only ? null : $"must be {only.ToJson()}");
    }
}
