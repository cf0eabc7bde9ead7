namespace AutoFlow.Understanding.Entities;

/// <summary>Which digits and capital letters may stand at each place of a number of fixed length.</summary>
internal sealed class Shape
{
    private readonly ulong[] _places;

    private Shape(ulong[] places) => _places = places;

    public int Length => _places.Length;

    /// <param name="number">Digits and capital letters.</param>
    public bool Fits(ReadOnlySpan<char> number)
    {
        if (number.Length != _places.Length) return false;
        for (var i = 0; i < number.Length; i++)
            if ((_places[i] & Bit(number[i])) == 0) return false;
        return true;
    }

    /// <summary>The shapes of a pattern such as <c>J[A-Z]{2,3}[0-9]{9}</c>, one for each length: signs, classes in brackets, and counts in braces.</summary>
    /// <exception cref="FormatException">Not such a pattern: a mistake in the table.</exception>
    public static IReadOnlyList<Shape> Parse(string pattern)
    {
        List<List<ulong>> open = [[]];
        for (var i = 0; i < pattern.Length;)
        {
            var places = 0UL;
            if (pattern[i] == '[')
            {
                for (i++; pattern[i] != ']'; i++)
                {
                    var to = pattern[i + 1] == '-' ? pattern[i + 2] : pattern[i];
                    for (var c = pattern[i]; c <= to; c++) places |= Bit(c);
                    if (pattern[i + 1] == '-') i += 2;
                }
                i++;
            }
            else places = Bit(pattern[i++]);
            if (places == 0) throw new FormatException($"{pattern} is no shape: nothing may stand before place {i}.");
            var (least, most) = Count(pattern, ref i);
            open = [.. open.SelectMany(before => Enumerable.Range(least, most - least + 1), (before, count) => (List<ulong>)[.. before, .. Enumerable.Repeat(places, count)])];
        }
        return [.. open.Select(places => new Shape([.. places]))];
    }

    private static (int Least, int Most) Count(string pattern, ref int at)
    {
        if (at >= pattern.Length || pattern[at] != '{') return (1, 1);
        var end = pattern.IndexOf('}', at);
        var counts = pattern[(at + 1)..end].Split(',').Select(c => int.Parse(c, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        at = end + 1;
        return (counts[0], counts[^1]);
    }

    private static ulong Bit(char c) => c switch
    {
        >= '0' and <= '9' => 1UL << (c - '0'),
        >= 'A' and <= 'Z' => 1UL << (c - 'A' + 10),
        _ => 0,
    };
}
