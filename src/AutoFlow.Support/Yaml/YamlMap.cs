using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace AutoFlow.Support.Yaml;

/// <summary>
/// Reads a map key by key. Every key asked for is required; <see cref="End"/> then reports the missing ones, and the ones
/// nobody asked for with the nearest that is missing. A value that cannot be read is reported and read as a default, so that
/// all mistakes of a file come out at once.
/// </summary>
internal sealed class YamlMap(YamlFile file, YamlMappingNode node, string path)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private readonly List<YamlMap> _children = [];

    /// <summary>The keys as written, in order.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>True while nothing wrong was found: only then do checks of one value against another make sense.</summary>
    public bool IsClean => file.IsClean && _missing.Count == 0 && _children.All(child => child.IsClean);

    public TimeSpan Duration(string key) => Read(key, Units.Duration, TimeSpan.Zero);

    public Money Money(string key) => Read(key, Units.Money, default);

    /// <summary>0 to 1.</summary>
    public double Percentage(string key) => Read(key, Units.Percentage, 0);

    public string Text(string key) => Read(key, text => text.Trim().Length > 0
        ? new Parsed<string>(text)
        : Parsed<string>.Wrong($"'{key}' is empty"), "");

    /// <summary>A text that may be white space.</summary>
    public string Mark(string key) => Read(key, text => new Parsed<string>(text), "");

    public bool Flag(string key) => Word(key, new Dictionary<string, bool> { ["true"] = true, ["false"] = false });

    public double Number(string key, double least, double most) => Read(key, text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? new Parsed<double>(number)
            : Parsed<double>.Wrong($"'{text}' is no number from {least} to {most}"), 0);

    /// <summary>A whole number.</summary>
    public int Count(string key, int least, int most) => Read(key, text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? new Parsed<int>(number)
            : Parsed<int>.Wrong($"'{text}' is no whole number from {least} to {most}"), least);

    public T Word<T>(string key, IReadOnlyDictionary<string, T> words) => Read(key, text => words.TryGetValue(text, out var value)
        ? new Parsed<T>(value)
        : Parsed<T>.Wrong($"unknown word '{text}' for '{key}'", NearestWord.Hint(text, [.. words.Keys])), default!);

    /// <summary>A list of short texts.</summary>
    public IReadOnlyList<string> Words(string key) => Items(key, text => new Parsed<string>(text));

    public IReadOnlyList<T> Items<T>(string key, Func<string, Parsed<T>> parse)
    {
        if (Ask(key) is not { } value) return [];
        if (value is not YamlSequenceNode list)
        {
            file.Add(value, $"'{key}' must be a list", "write it as [first, second]");
            return [];
        }

        var items = new List<T>();
        foreach (var item in list.Children)
        {
            if (Scalar(item, $"an item of '{key}'") is not { } text) continue;
            var parsed = parse(text);
            if (parsed.Error is null) items.Add(parsed.Value);
            else file.Add(item, parsed.Error, parsed.Hint);
        }

        return items;
    }

    /// <summary>A map under a key; null (reported) when there is none.</summary>
    public YamlMap? Map(string key)
    {
        if (Ask(key) is not { } value) return null;
        if (value is YamlMappingNode map)
        {
            var child = new YamlMap(file, map, path.Length == 0 ? key : $"{path}.{key}");
            _children.Add(child);
            return child;
        }

        file.Add(value, $"'{key}' must be a map of keys");
        return null;
    }

    /// <summary>A map under a key that may be left out; null then, and nothing is reported.</summary>
    public YamlMap? OptionalMap(string key)
    {
        _asked.Add(key);
        return node.Children.ContainsKey(new YamlScalarNode(key)) ? Map(key) : null;
    }

    /// <summary>Reports a mistake at a key's value, or at the map when the key is not there.</summary>
    public void Wrong(string key, string message, string? hint = null) =>
        file.Add(node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : node, message, hint);

    /// <summary>Reports missing and unknown keys, here and in the maps below.</summary>
    public void End()
    {
        foreach (var key in node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (_asked.Contains(name)) continue;
            var meant = NearestWord.To(name, _missing);
            if (meant is not null) _missing.Remove(meant);
            file.Add(key, $"unknown key '{name}'{Within}", meant is null ? NearestWord.Hint(name, _asked) : $"did you mean '{meant}'?");
        }

        foreach (var key in _missing) file.Add(node, $"missing key '{key}'{Within}");
        foreach (var child in _children) child.End();
    }

    private string Within => path.Length == 0 ? "" : $" in '{path}'";

    private T Read<T>(string key, Func<string, Parsed<T>> parse, T otherwise)
    {
        if (Ask(key) is not { } value || Scalar(value, $"'{key}'") is not { } text) return otherwise;
        var parsed = parse(text);
        if (parsed.Error is null) return parsed.Value;
        file.Add(value, parsed.Error, parsed.Hint);
        return otherwise;
    }

    private YamlNode? Ask(string key)
    {
        if (node.Children.TryGetValue(new YamlScalarNode(key), out var value))
        {
            _asked.Add(key);
            return value;
        }

        if (_asked.Add(key)) _missing.Add(key);
        return null;
    }

    private string? Scalar(YamlNode value, string what)
    {
        if (value is YamlScalarNode { Value: { } text }) return text;
        file.Add(value, $"{what} must be a single value");
        return null;
    }
}
