using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>The limits of arrays (validation, section 6.4) except <c>contains</c>.</summary>
internal static class ArrayKeywords
{
    public static SchemaKeyword? MaxItems(KeywordReader reader) => reader.Count() is { } most
        ? On(reader, list => list.Count <= most ? null : $"must have at most {Words.Of(most, "item", "items")}, not {list.Count}")
        : null;

    public static SchemaKeyword? MinItems(KeywordReader reader) => reader.Count() is { } least
        ? On(reader, list => list.Count >= least ? null : $"must have at least {Words.Of(least, "item", "items")}, not {list.Count}")
        : null;

    public static SchemaKeyword? UniqueItems(KeywordReader reader)
    {
        if (reader.Value.AsBoolean() is not { } unique)
        {
            reader.Mistyped("true or false");
            return null;
        }

        return unique ? On(reader, static list => Repeated(list) is { } twice ? $"has the same item twice: {twice.First} and {twice.Second}" : null) : null;
    }

    /// <summary>Two equal items by their indexes. Sorted first, so that long lists stay cheap.</summary>
    private static (int First, int Second)? Repeated(JqValue list)
    {
        var sorted = list.Items.Select(static (item, index) => (Item: item, Index: index))
            .OrderBy(static x => x.Item).ThenBy(static x => x.Index).ToList();
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Item == sorted[i - 1].Item) return (sorted[i - 1].Index, sorted[i].Index);
        }

        return null;
    }

    private static Assertion On(KeywordReader reader, Func<JqValue, string?> wrong) =>
        new(reader.Pointer, value => value.Kind == JqKind.Array ? wrong(value) : null);
}
