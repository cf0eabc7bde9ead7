namespace AutoFlow.Workflows.Jq;

/// <summary>Numbers: C's mathematical functions as jq offers them.</summary>
internal static class Arithmetic
{
    public static IEnumerable<KeyValuePair<string, Apply>> Functions =>
        Unary.Select(f => KeyValuePair.Create($"{f.Key}/0", Lift(f.Value)))
            .Concat(Binary.Select(f => KeyValuePair.Create($"{f.Key}/2", Lift(f.Value))))
            .Concat(Other);

    private static readonly Dictionary<string, Func<double, double>> Unary = new()
    {
        ["floor"] = Math.Floor,
        ["ceil"] = Math.Ceiling,
        ["trunc"] = Math.Truncate,
        ["sqrt"] = Math.Sqrt,
        ["cbrt"] = Math.Cbrt,
        ["round"] = x => Math.Round(x, MidpointRounding.AwayFromZero),
        ["rint"] = x => Math.Round(x, MidpointRounding.ToEven),
        ["nearbyint"] = x => Math.Round(x, MidpointRounding.ToEven),
        ["fabs"] = Math.Abs,
        ["exp"] = Math.Exp,
        ["exp2"] = x => Math.Pow(2, x),
        ["exp10"] = x => Math.Pow(10, x),
        ["expm1"] = x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1,
        ["log"] = Math.Log,
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["log1p"] = x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x),
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["asin"] = Math.Asin,
        ["acos"] = Math.Acos,
        ["atan"] = Math.Atan,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["tanh"] = Math.Tanh,
        ["asinh"] = Math.Asinh,
        ["acosh"] = Math.Acosh,
        ["atanh"] = Math.Atanh,
        ["significand"] = x => x == 0 || !double.IsFinite(x) ? x : x / Math.Pow(2, Math.ILogB(x)),
        ["logb"] = x => x == 0 ? double.NegativeInfinity : double.IsInfinity(x) ? double.PositiveInfinity : Math.ILogB(x),
        ["gamma"] = Gamma.LogAbs,
        ["lgamma"] = Gamma.LogAbs,
        ["tgamma"] = Gamma.Of,
    };

    private static readonly Dictionary<string, Func<double, double, double>> Binary = new()
    {
        ["pow"] = Math.Pow,
        ["atan2"] = Math.Atan2,
        ["fmod"] = (x, y) => x % y,
        ["drem"] = Math.IEEERemainder,
        ["fmin"] = (x, y) => double.IsNaN(x) ? y : double.IsNaN(y) ? x : Math.Min(x, y),
        ["fmax"] = (x, y) => double.IsNaN(x) ? y : double.IsNaN(y) ? x : Math.Max(x, y),
        ["fdim"] = (x, y) => x > y ? x - y : 0,
        ["hypot"] = double.Hypot,
        ["copysign"] = Math.CopySign,
        ["ldexp"] = (x, y) => x * Math.Pow(2, y),
        ["scalb"] = (x, y) => x * Math.Pow(2, y),
        ["scalbln"] = (x, y) => x * Math.Pow(2, y),
        ["nextafter"] = (x, y) => x == y ? y : x < y ? Math.BitIncrement(x) : Math.BitDecrement(x),
        ["nexttoward"] = (x, y) => x == y ? y : x < y ? Math.BitIncrement(x) : Math.BitDecrement(x),
    };

    private static readonly Dictionary<string, Apply> Other = new()
    {
        ["nan/0"] = (_, _, _) => JqNumber.Of(double.NaN),
        ["infinite/0"] = (_, _, _) => JqNumber.Of(double.PositiveInfinity),
        ["isnan/0"] = (m, input, _) => Test(m, input, double.IsNaN),
        ["isinfinite/0"] = (m, input, _) => Test(m, input, double.IsInfinity),
        ["isnormal/0"] = (m, input, _) => Test(m, input, double.IsNormal),
        ["isfinite/0"] = (_, input, _) => JqValue.From(input is JqNumber { Value: var x } && !double.IsInfinity(x)),
        ["have_literal_numbers/0"] = (_, _, _) => JqValue.True,
        ["have_decnum/0"] = (_, _, _) => JqValue.True,
        ["abs/0"] = (m, input, _) => input switch
        {
            JqNumber x => x.Abs(),
            _ when JqOrder.Compare(input, JqNumber.Of(0.0)) >= 0 => input,
            _ => m.Fail($"{ErrorText.Describe(input)} has no absolute value"),
        },
        ["frexp/0"] = (m, input, _) => Number(m, input) is { } x ? Pair(Fraction(x), Exponent(x)) : null,
        ["modf/0"] = (m, input, _) => Number(m, input) is { } x
            ? Pair(double.IsInfinity(x) ? Math.CopySign(0, x) : x - Math.Truncate(x), Math.Truncate(x))
            : null,
        ["lgamma_r/0"] = (m, input, _) => Number(m, input) is { } x ? Pair(Gamma.LogAbs(x), Gamma.Of(x) < 0 ? -1 : 1) : null,
        ["fma/3"] = (m, _, a) =>
            Number(m, a[0]) is { } x && Number(m, a[1]) is { } y && Number(m, a[2]) is { } z
                ? JqNumber.Of(Math.FusedMultiplyAdd(x, y, z))
                : null,
    };

    public static JqValue? Negate(Machine m, JqValue value) =>
        value is JqNumber number ? number.Negate() : m.Fail($"{ErrorText.Describe(value)} cannot be negated");

    private static double? Number(Machine m, JqValue value)
    {
        if (value is JqNumber number)
            return number.Value;
        m.Fail($"{ErrorText.Describe(value)} number required");
        return null;
    }

    private static Apply Lift(Func<double, double> function) =>
        (m, input, _) => Number(m, input) is { } x ? JqNumber.Of(function(x)) : null;

    private static Apply Lift(Func<double, double, double> function) =>
        (m, _, a) => Number(m, a[0]) is { } x && Number(m, a[1]) is { } y ? JqNumber.Of(function(x, y)) : null;

    private static JqValue? Test(Machine m, JqValue value, Func<double, bool> test) =>
        Number(m, value) is { } x ? JqValue.From(test(x)) : null;

    private static JqValue Pair(double first, double second) => JqArray.Of([JqNumber.Of(first), JqNumber.Of(second)]);

    private static double Exponent(double x) => x == 0 || !double.IsFinite(x) ? 0 : Math.ILogB(x) + 1;

    private static double Fraction(double x) => x == 0 || !double.IsFinite(x) ? x : x / Math.Pow(2, Math.ILogB(x) + 1);
}
