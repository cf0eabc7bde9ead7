using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads the <c>foreach</c> of a subscription.</summary>
internal static class IteratorReader
{
    /// <summary>The iterator under <c>foreach</c>; null when there is none, or (with an error) when it is wrong.</summary>
    public static SubscriptionIterator? Read(TaskReader reader)
    {
        if (reader.Fields["foreach"] is not { } node) return null;
        if (Fields.Of(node, reader.Context, "'foreach'", ["item", "at", "do", "output", "export"]) is not { } fields) return null;
        var item = reader.Variable(fields, "item", "item");
        var at = reader.Variable(fields, "at", "index");
        if (item == at) reader.Context.Sink.Error(fields.Position, $"'item' and 'at' are both '{item}'", "give them two names");
        return new SubscriptionIterator(
            item,
            at,
            reader.List("do", "foreach/do", [item, at], fields, required: false),
            DataReader.Transformation(fields, "output", "as", reader.With([item, at])),
            Schema(fields, "output"),
            DataReader.Transformation(fields, "export", "as", reader.With(["output", item, at])),
            Schema(fields, "export"));
    }

    /// <summary>The schema, named so that its errors are not taken for those of the listen's own.</summary>
    private static DataSchema? Schema(Fields fields, string property) =>
        DataReader.Schema(fields, property, "as") is { } schema ? schema with { Property = $"foreach.{schema.Property}" } : null;
}
