using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Replies;

/// <summary>How a currency is shown.</summary>
/// <param name="Decimals">Digits after the decimal mark.</param>
public sealed record CurrencyFormat(string Symbol, int Decimals);

/// <summary>Everything AutoFlow may say: paragraphs by name, each in every language.</summary>
public sealed class ReplyCatalog
{
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, ReplyTemplate>> _paragraphs;

    private ReplyCatalog(IReadOnlyDictionary<string, IReadOnlyDictionary<string, ReplyTemplate>> paragraphs) => _paragraphs = paragraphs;

    /// <summary>The shop's name, as signed.</summary>
    public required string Shop { get; init; }

    /// <summary>By ISO 639-1 code.</summary>
    public required IReadOnlyDictionary<string, ReplyLanguage> Languages { get; init; }

    /// <summary>Used for every language that is not in <see cref="Languages"/>.</summary>
    public required string Fallback { get; init; }

    /// <summary>By ISO 4217 code; one that is not here is shown by its code with two decimals.</summary>
    public required IReadOnlyDictionary<string, CurrencyFormat> Currencies { get; init; }

    /// <summary>The names of all paragraphs.</summary>
    public IReadOnlyCollection<string> Keys => [.. _paragraphs.Keys];

    /// <summary>The language itself, or the fallback.</summary>
    public ReplyLanguage Language(string code) => Languages.TryGetValue(code, out var language) ? language : Languages[Fallback];

    /// <summary>The paragraph's text in a language of <see cref="Languages"/>; null for an unknown name.</summary>
    public ReplyTemplate? Find(string key, string language) => _paragraphs.TryGetValue(key, out var texts) ? texts[language] : null;

    /// <summary>Reads languages.yaml and every other YAML file of a folder; a folder with any mistake gives no catalog, and every mistake.</summary>
    public static ReplyLoadResult Load(string folder)
    {
        var errors = new List<FileError>();
        if (YamlFile.Open(Path.Combine(folder, "languages.yaml"), errors) is not { } frame) return new ReplyLoadResult(null, errors);
        var shop = frame.Text("shop");
        var languages = Children(frame, "languages", ReplyLanguage.Read);
        var fallback = frame.Word("fallback", languages.Keys.ToDictionary(key => key, key => key)) ?? "";
        var currencies = Children(frame, "currencies", (map, _) => new CurrencyFormat(map.Text("symbol"), (int)map.Number("decimals", 0, 4)));
        frame.End();

        var paragraphs = new Dictionary<string, IReadOnlyDictionary<string, ReplyTemplate>>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(path) == "languages.yaml" || YamlFile.Open(path, errors) is not { } map) continue;
            foreach (var key in map.Keys)
            {
                if (map.Map(key) is { } texts && !paragraphs.TryAdd(key, ReadTexts(texts, [.. languages.Keys], fallback)))
                    map.Wrong(key, $"paragraph '{key}' is in another file already");
            }

            map.End();
        }

        return errors.Count > 0
            ? new ReplyLoadResult(null, errors)
            : new ReplyLoadResult(new ReplyCatalog(paragraphs) { Shop = shop, Languages = languages, Fallback = fallback, Currencies = currencies }, []);
    }

    private static Dictionary<string, T> Children<T>(YamlMap map, string key, Func<YamlMap, string, T> read)
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        if (map.Map(key) is not { } list) return found;
        foreach (var name in list.Keys)
        {
            if (list.Map(name) is { } child) found[name] = read(child, name);
        }

        return found;
    }

    private static Dictionary<string, ReplyTemplate> ReadTexts(YamlMap texts, string[] languages, string fallback)
    {
        var templates = new Dictionary<string, ReplyTemplate>(StringComparer.Ordinal);
        foreach (var language in languages)
        {
            var text = texts.Text(language);
            var (template, error) = ReplyTemplate.Parse(text);
            if (error is not null) texts.Wrong(language, error);
            else if (text.Length > 0) templates[language] = template!;
        }

        if (!templates.TryGetValue(fallback, out var model)) return templates;
        foreach (var (language, template) in templates)
        {
            Compare(language, "must have", model.Required.Except(template.Required));
            Compare(language, "must not have", template.Required.Except(model.Required));
            Compare(language, "must have in an optional part", model.Optional.Except(template.Optional));
            Compare(language, "must not have in an optional part", template.Optional.Except(model.Optional));
        }

        return templates;

        void Compare(string language, string rule, IEnumerable<string> names)
        {
            foreach (var name in names) texts.Wrong(language, $"the text in '{language}' {rule} {{{name}}}", $"as in '{fallback}'");
        }
    }
}

/// <param name="Catalog">Null when there are errors.</param>
public sealed record ReplyLoadResult(ReplyCatalog? Catalog, IReadOnlyList<FileError> Errors);
