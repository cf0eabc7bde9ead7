using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace AutoFlow.Workflows.Model;

/// <summary>A version by SemVer 2.0.0, ordered by its rules (build metadata does not count).</summary>
internal sealed partial class SemanticVersion : IComparable<SemanticVersion>
{
    private readonly BigInteger[] _numbers;
    private readonly string[] _preRelease;

    private SemanticVersion(string text, BigInteger[] numbers, string[] preRelease) =>
        (Text, _numbers, _preRelease) = (text, numbers, preRelease);

    /// <summary>The version as written.</summary>
    public string Text { get; }

    /// <summary>Whether the version is a preview of its release.</summary>
    public bool IsPreRelease => _preRelease.Length > 0;

    /// <summary>Reads a version; null when the text is not one.</summary>
    public static SemanticVersion? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int longest = 256;
        if (text.Length > longest || Pattern().Match(text) is not { Success: true } match) return null;
        return new SemanticVersion(
            text,
            [.. Enumerable.Range(1, 3).Select(i => BigInteger.Parse(match.Groups[i].Value, CultureInfo.InvariantCulture))],
            match.Groups[4].Success ? match.Groups[4].Value.Split('.') : []);
    }

    /// <inheritdoc />
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null) return 1;
        for (var i = 0; i < _numbers.Length; i++)
        {
            if (_numbers[i].CompareTo(other._numbers[i]) is var order and not 0) return order;
        }

        if (IsPreRelease != other.IsPreRelease) return IsPreRelease ? -1 : 1;
        for (var i = 0; i < Math.Min(_preRelease.Length, other._preRelease.Length); i++)
        {
            if (ComparePart(_preRelease[i], other._preRelease[i]) is var order and not 0) return order;
        }

        return _preRelease.Length.CompareTo(other._preRelease.Length);
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private static int ComparePart(string a, string b)
    {
        var aIsNumber = BigInteger.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var x);
        var bIsNumber = BigInteger.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var y);
        if (aIsNumber && bIsNumber) return x.CompareTo(y);
        return aIsNumber != bIsNumber ? (aIsNumber ? -1 : 1) : string.CompareOrdinal(a, b);
    }

    [GeneratedRegex(
        @"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex Pattern();
}
