using System.Globalization;

namespace AutoFlow.Workflows.Jq;

/// <summary>
/// A number: a double, and for literals a double cannot hold their exact decimal as well. The decimal is kept only until
/// arithmetic touches the number (jq 1.7 manual, "Literal numbers").
/// </summary>
internal sealed class JqNumber : JqValue
{
    private const int CacheSize = 256;
    private static readonly JqNumber[] Small = [.. Enumerable.Range(0, CacheSize).Select(i => new JqNumber(i, null))];

    private JqNumber(double value, DecimalText? exact)
        : base(JqKind.Number)
    {
        Value = value;
        Exact = exact;
    }

    public double Value { get; }

    public DecimalText? Exact { get; }

    internal override long Weight => 12 + (Exact?.Digits.Length ?? 0);

    internal override int Depth => 0;

    public static JqNumber Of(double value)
    {
        var whole = (int)value;
        return whole == value && (uint)whole < CacheSize && !(whole == 0 && double.IsNegative(value))
            ? Small[whole]
            : new JqNumber(value, null);
    }

    public static JqNumber Of(long value) =>
        Math.Abs((decimal)value) <= 1L << 53 ? Of((double)value) : Parse(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a number whose syntax has been checked.</summary>
    public static JqNumber Parse(ReadOnlySpan<char> text)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (text.Length <= 15 && !double.IsInfinity(value) && value != 0)
            return Of(value);
        var exact = DecimalText.Parse(text);
        if (exact is null || exact.IsZero)
            return Of(value);
        var isExact = double.IsFinite(value) && value != 0
            && DecimalText.Parse(value.ToString("R", CultureInfo.InvariantCulture)) is { } shortest
            && DecimalText.Compare(exact, shortest) == 0;
        // Whole numbers beyond 15 digits stay literals, so that two of them compare digit by digit.
        return isExact && text.ContainsAny('.', 'e', 'E') ? Of(value) : new JqNumber(value, exact);
    }

    public static int Compare(JqNumber a, JqNumber b, bool nanEqualsNan)
    {
        if (double.IsNaN(a.Value))
            return nanEqualsNan && double.IsNaN(b.Value) ? 0 : -1;
        if (double.IsNaN(b.Value))
            return 1;
        return a.Exact is { } x && b.Exact is { } y ? DecimalText.Compare(x, y) : a.Value.CompareTo(b.Value);
    }

    public JqNumber Negate() => Exact is null ? Of(-Value) : new JqNumber(-Value, Exact with { IsNegative = !Exact.IsNegative });

    public JqNumber Abs() => Exact is null ? Value < 0 ? Of(-Value) : this : Exact.IsNegative ? Negate() : this;

    public string Format() => Exact?.ToString() ?? NumberText.Format(Value);
}
