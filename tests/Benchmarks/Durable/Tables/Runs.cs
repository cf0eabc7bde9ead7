using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Tables;

/// <summary>The lines of one workload in the order in which they were measured.</summary>
internal sealed class Runs(IEnumerable<ResultLine> lines)
{
    private readonly List<ResultLine> _lines = [.. lines];

    /// <summary>All values of a figure by one engine.</summary>
    public List<double> Values(string engine, string figure)
        => [.. _lines.Where(line => line.Engine == engine && line.Figures.ContainsKey(figure)).Select(line => line.Figures[figure])];

    /// <summary>Each value of the engine against the mean of a bound's nearest values before and after it.</summary>
    public List<double> Ratios(string figure, string bound)
    {
        var ratios = new List<double>();
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i].Engine != ResultLine.Embedded || !_lines[i].Figures.TryGetValue(figure, out var value))
                continue;
            var beside = new[] { _lines[..i].FindLast(IsBound), _lines[i..].Find(IsBound) }
                .Where(line => line is not null).Select(line => line!.Figures[figure]).ToList();
            if (beside.Count > 0 && beside.Average() != 0)
                ratios.Add(value / beside.Average());
        }

        return ratios;

        bool IsBound(ResultLine line) => line.Engine == bound && line.Figures.ContainsKey(figure);
    }
}
