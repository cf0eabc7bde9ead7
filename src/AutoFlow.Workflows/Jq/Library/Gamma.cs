namespace AutoFlow.Workflows.Jq;

/// <summary>The gamma function by Lanczos' approximation (g = 7, nine terms), good to about fifteen digits.</summary>
internal static class Gamma
{
    private static readonly double[] Terms =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    public static double Of(double x)
    {
        if (x < 0.5)
            return Math.PI / (Math.Sin(Math.PI * x) * Of(1 - x));
        if (x == Math.Floor(x) && x <= 20)
        {
            var product = 1.0;
            for (var i = 2; i < x; i++)
                product *= i;
            return product;
        }

        var (sum, t) = Series(x - 1);
        return Math.Sqrt(2 * Math.PI) * Math.Pow(t, x - 0.5) * Math.Exp(-t) * sum;
    }

    public static double LogAbs(double x)
    {
        if (x <= 0 && x == Math.Floor(x))
            return double.PositiveInfinity;
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogAbs(1 - x);
        var (sum, t) = Series(x - 1);
        return (Math.Log(2 * Math.PI) / 2) + ((x - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    private static (double Sum, double T) Series(double x)
    {
        var sum = Terms[0];
        for (var i = 1; i < Terms.Length; i++)
            sum += Terms[i] / (x + i);
        return (sum, x + 7.5);
    }
}
