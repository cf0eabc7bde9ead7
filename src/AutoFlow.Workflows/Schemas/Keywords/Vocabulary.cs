namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>Where a keyword's value holds schemas.</summary>
internal enum Holds
{
    Nothing,
    Schema,
    List,
    Map,
    SchemaOrList,
}

/// <summary>A keyword in the drafts that know it.</summary>
/// <param name="Read">Reads the keyword; null for one that only describes.</param>
internal sealed record KeywordRule(string Name, Holds Holds, Func<KeywordReader, SchemaKeyword?>? Read, SchemaDraft From, SchemaDraft To);

/// <summary>Every keyword of every draft.</summary>
internal static class Vocabulary
{
    private const SchemaDraft Draft4 = SchemaDraft.Draft4;
    private const SchemaDraft Draft6 = SchemaDraft.Draft6;
    private const SchemaDraft Draft7 = SchemaDraft.Draft7;
    private const SchemaDraft Draft2019 = SchemaDraft.Draft201909;
    private const SchemaDraft Draft2020 = SchemaDraft.Draft202012;

    private static readonly KeywordRule[] Rules =
    [
        Rule("$schema", Holds.Nothing, Dialect),
        Rule("id", Holds.Nothing, OnlyText, to: Draft4),
        Rule("$id", Holds.Nothing, OnlyText, Draft6),
        Rule("$anchor", Holds.Nothing, OnlyText, Draft2019),
        Rule("$dynamicAnchor", Holds.Nothing, OnlyText, Draft2020),
        Rule("$recursiveAnchor", Holds.Nothing, null, Draft2019, Draft2019),
        Rule("$ref", Holds.Nothing, ReferenceKeyword.Read),
        Rule("$dynamicRef", Holds.Nothing, DynamicReferenceKeyword.Dynamic, Draft2020),
        Rule("$recursiveRef", Holds.Nothing, DynamicReferenceKeyword.Recursive, Draft2019, Draft2019),
        Rule("$defs", Holds.Map, Definitions, Draft2019),
        Rule("definitions", Holds.Map, Definitions),
        Rule("type", Holds.Nothing, TypeKeyword.Read),
        Rule("enum", Holds.Nothing, EnumKeywords.Enum),
        Rule("const", Holds.Nothing, EnumKeywords.Const, Draft6),
        Rule("multipleOf", Holds.Nothing, NumberKeywords.MultipleOf),
        Rule("minimum", Holds.Nothing, NumberKeywords.Minimum),
        Rule("maximum", Holds.Nothing, NumberKeywords.Maximum),
        Rule("exclusiveMinimum", Holds.Nothing, NumberKeywords.ExclusiveFlag, to: Draft4),
        Rule("exclusiveMaximum", Holds.Nothing, NumberKeywords.ExclusiveFlag, to: Draft4),
        Rule("exclusiveMinimum", Holds.Nothing, NumberKeywords.ExclusiveMinimum, Draft6),
        Rule("exclusiveMaximum", Holds.Nothing, NumberKeywords.ExclusiveMaximum, Draft6),
        Rule("minLength", Holds.Nothing, StringKeywords.MinLength),
        Rule("maxLength", Holds.Nothing, StringKeywords.MaxLength),
        Rule("pattern", Holds.Nothing, StringKeywords.Pattern),
        Rule("format", Holds.Nothing, StringKeywords.Format),
        Rule("minItems", Holds.Nothing, ArrayKeywords.MinItems),
        Rule("maxItems", Holds.Nothing, ArrayKeywords.MaxItems),
        Rule("uniqueItems", Holds.Nothing, ArrayKeywords.UniqueItems),
        Rule("contains", Holds.Schema, ContainsKeyword.Read, Draft6),
        Rule("minContains", Holds.Nothing, ContainsKeyword.Limit, Draft2019),
        Rule("maxContains", Holds.Nothing, ContainsKeyword.Limit, Draft2019),
        Rule("prefixItems", Holds.List, PrefixItemsKeyword.Read, Draft2020),
        Rule("items", Holds.SchemaOrList, ItemsKeyword.ItemsOrTuple, to: Draft2019),
        Rule("items", Holds.Schema, ItemsKeyword.Items, Draft2020),
        Rule("additionalItems", Holds.Schema, ItemsKeyword.AdditionalItems, to: Draft2019),
        Rule("minProperties", Holds.Nothing, ObjectKeywords.MinProperties),
        Rule("maxProperties", Holds.Nothing, ObjectKeywords.MaxProperties),
        Rule("required", Holds.Nothing, ObjectKeywords.Required),
        Rule("dependentRequired", Holds.Nothing, ObjectKeywords.DependentRequired, Draft2019),
        Rule("properties", Holds.Map, PropertiesKeyword.Read),
        Rule("patternProperties", Holds.Map, PatternPropertiesKeyword.Read),
        Rule("additionalProperties", Holds.Schema, AdditionalPropertiesKeyword.Read),
        Rule("propertyNames", Holds.Schema, PropertyNamesKeyword.Read, Draft6),
        Rule("dependentSchemas", Holds.Map, DependenciesKeyword.Schemas, Draft2019),
        Rule("dependencies", Holds.Map, DependenciesKeyword.SchemasOrNames, to: Draft7),
        Rule("allOf", Holds.List, AllOfKeyword.Read),
        Rule("anyOf", Holds.List, AlternativesKeyword.AnyOf),
        Rule("oneOf", Holds.List, AlternativesKeyword.OneOf),
        Rule("not", Holds.Schema, NotKeyword.Read),
        Rule("if", Holds.Schema, ConditionKeyword.Read, Draft7),
        Rule("then", Holds.Schema, ConditionKeyword.Branch, Draft7),
        Rule("else", Holds.Schema, ConditionKeyword.Branch, Draft7),
        Rule("unevaluatedProperties", Holds.Schema, UnevaluatedPropertiesKeyword.Read, Draft2019),
        Rule("unevaluatedItems", Holds.Schema, UnevaluatedItemsKeyword.Read, Draft2019),
        Rule("contentSchema", Holds.Schema, null, Draft2019),
        .. new[]
        {
            "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment", "$vocabulary",
            "contentEncoding", "contentMediaType",
        }.Select(static name => Rule(name, Holds.Nothing, null)),
    ];

    private static readonly Dictionary<(string, SchemaDraft), KeywordRule> ByName = Rules
        .SelectMany(static rule => Enum.GetValues<SchemaDraft>().Where(d => d >= rule.From && d <= rule.To).Select(d => ((rule.Name, d), rule)))
        .ToDictionary(static x => x.Item1, static x => x.rule);

    /// <summary>The keyword in a draft; null when that draft does not know it.</summary>
    public static KeywordRule? Find(string name, SchemaDraft draft) => ByName.GetValueOrDefault((name, draft));

    public static IEnumerable<string> Names(SchemaDraft draft) =>
        Rules.Where(r => r.From <= draft && r.To >= draft).Select(static r => r.Name);

    /// <summary>What to write instead of a keyword of another draft; null where nothing is known.</summary>
    public static string? Instead(string name, SchemaDraft draft) => (name, draft) switch
    {
        ("additionalItems", Draft2020) => "in draft 2020-12 this is 'items' beside 'prefixItems'",
        ("dependencies", Draft2019 or Draft2020) => "since draft 2019-09 this is 'dependentRequired' or 'dependentSchemas'",
        ("id", > Draft4) => "since draft 6 this is '$id'",
        ("$recursiveRef", Draft2020) => "in draft 2020-12 this is '$dynamicRef'",
        ("$recursiveAnchor", Draft2020) => "in draft 2020-12 this is '$dynamicAnchor'",
        ("$defs", < Draft2019) => "before draft 2019-09 this is 'definitions'",
        _ when Rules.FirstOrDefault(r => r.Name == name) is not null => "another draft knows it: say which with $schema",
        _ => null,
    };

    private static KeywordRule Rule(
        string name, Holds holds, Func<KeywordReader, SchemaKeyword?>? read, SchemaDraft from = Draft4, SchemaDraft to = Draft2020) =>
        new(name, holds, read, from, to);

    private static SchemaKeyword? Definitions(KeywordReader reader)
    {
        reader.Map();
        return null;
    }

    private static SchemaKeyword? OnlyText(KeywordReader reader)
    {
        reader.Text();
        return null;
    }

    private static SchemaKeyword? Dialect(KeywordReader reader)
    {
        if (reader.Text() is { } uri && SchemaDrafts.Find(uri) is null)
            reader.Wrong($"'{uri}' is no draft of JSON Schema that is known here", NearestWord.Suggestion(uri, SchemaDrafts.Uris) ?? $"known here: {string.Join(", ", SchemaDrafts.Uris)}");
        return null;
    }
}
