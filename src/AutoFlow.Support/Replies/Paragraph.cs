namespace AutoFlow.Support.Replies;

/// <summary>A paragraph to say, by its name in the catalog, with what fills its placeholders.</summary>
/// <param name="Values">By placeholder; a null or missing value leaves out the optional part that needs it.</param>
public sealed record Paragraph(string Key, IReadOnlyDictionary<string, ReplyValue?> Values)
{
    public static Paragraph Of(string key, params (string Name, ReplyValue? Value)[] values) =>
        new(key, values.Where(value => value.Value is not null).ToDictionary(value => value.Name, value => value.Value));
}
