using System.Globalization;

namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>Flags of the command line: <c>--name value</c>, or <c>--name</c> alone for a switch.</summary>
internal sealed class Flags
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Flags()
    {
    }

    /// <summary>Reads flags.</summary>
    /// <param name="words">What was written.</param>
    /// <param name="known">The names that are allowed, with dashes; one that ends with '!' is a switch.</param>
    /// <exception cref="BadArgumentException">An unknown flag, or one without a value.</exception>
    public static Flags Parse(string[] words, params string[] known)
    {
        var flags = new Flags();
        for (var i = 0; i < words.Length; i++)
        {
            var name = words[i];
            if (known.Contains(name + "!"))
                flags._values[name] = "true";
            else if (!known.Contains(name))
                throw new BadArgumentException($"durable: unknown flag '{name}'; here are {string.Join(", ", known.Select(one => one.TrimEnd('!')))}");
            else if (i + 1 == words.Length)
                throw new BadArgumentException($"durable: {name} has no value; write it behind: {name} <value>");
            else
                flags._values[name] = words[++i];
        }

        return flags;
    }

    /// <summary>Whether a switch is set.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A text.</summary>
    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    /// <summary>A number above 0.</summary>
    /// <exception cref="BadArgumentException">It is none.</exception>
    public double Number(string name, double otherwise)
    {
        if (!_values.TryGetValue(name, out var text))
            return otherwise;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new BadArgumentException($"durable: {name} {text} is no number above 0");
    }

    /// <summary>A whole number above 0.</summary>
    /// <exception cref="BadArgumentException">It is none.</exception>
    public int Count(string name, int otherwise) => Optional(name) ?? otherwise;

    /// <summary>A whole number above 0; null where it was not said.</summary>
    /// <exception cref="BadArgumentException">It is none.</exception>
    public int? Optional(string name)
    {
        if (!_values.TryGetValue(name, out var text))
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new BadArgumentException($"durable: {name} {text} is no whole number above 0");
    }
}
