using System.Globalization;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Tables;

/// <summary>A table in Markdown of what several runs gave: medians, ratios, and what was asked for.</summary>
internal static class ResultTable
{
    private const string Nothing = "–";

    /// <summary>Prints the table of the lines in the files, which are named in the order in which they were measured.</summary>
    /// <exception cref="BadArgumentException">A file is not there, or there are no lines.</exception>
    public static int Print(IReadOnlyList<string> files)
    {
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
            throw new BadArgumentException($"durable table: there is no file '{missing}'");
        var lines = files.SelectMany(File.ReadLines).Select(ResultLine.Read).OfType<ResultLine>().ToList();
        if (lines.Count == 0)
            throw new BadArgumentException("durable table: no lines of JSON to show; name the files that the workloads wrote");
        foreach (var row in Rows(lines))
            Console.WriteLine($"| {string.Join(" | ", row)} |");
        return 0;
    }

    /// <summary>The rows with their cells, the head and the line below it first.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<ResultLine> lines)
    {
        var columns = Column.All.Select(column => (Column: column, Runs: new Runs(lines.Where(line => line.Workload == column.Workload)))).ToList();
        yield return ["", .. columns.Select(one => one.Column.Title)];
        yield return [.. Enumerable.Repeat("---", columns.Count + 1)];
        yield return ["bare SQLite, one thread (the bound)", .. Medians(ResultLine.Bound)];
        yield return ["bare SQLite, callers that wait", .. Medians(ResultLine.CallersBound)];
        yield return ["bare SQLite, history alone", .. Medians(ResultLine.HistoryBound)];
        yield return ["**embedded engine**", .. Medians(ResultLine.Embedded)];
        yield return ["ratio to the bound of the same run", .. Ratios(ResultLine.Bound)];
        yield return ["ratio to the callers that wait", .. Ratios(ResultLine.CallersBound)];
        yield return ["must", .. columns.Select(one => Cell(one.Column.Must, one.Column.Digits) + Behind(one.Column.MustRatio))];
        yield return ["goal", .. columns.Select(one => Cell(one.Column.Goal, one.Column.Digits) + Behind(one.Column.GoalRatio))];
        yield return ["reached, by the figure", .. columns.Select(one => ByFigure(one.Column, one.Runs))];
        yield return ["reached, by the ratio to the bound", .. columns.Select(one => ByRatio(one.Column, one.Runs, ResultLine.Bound))];
        yield return ["reached, by the ratio to the callers", .. columns.Select(one => ByRatio(one.Column, one.Runs, ResultLine.CallersBound))];

        IEnumerable<string> Medians(string engine)
            => columns.Select(one => Cell(Median(one.Runs.Values(engine, one.Column.Figure)), one.Column.Digits));

        IEnumerable<string> Ratios(string bound)
            => columns.Select(one => one.Column.HasRatio ? Ratio(Median(one.Runs.Ratios(one.Column.Figure, bound))) : Nothing);
    }

    private static string ByFigure(Column column, Runs runs)
        => Median(runs.Values(ResultLine.Embedded, column.Figure)) is { } figure ? column.Reached(figure, column.Must, column.Goal) : Nothing;

    private static string ByRatio(Column column, Runs runs, string bound)
        => column is { MustRatio: { } must, GoalRatio: { } goal } && Median(runs.Ratios(column.Figure, bound)) is { } ratio
            ? column.Reached(ratio, must, goal)
            : Nothing;

    private static double? Median(List<double> values) => values.Count > 0 ? Percentiles.Median(values) : null;

    private static string Cell(double? value, int digits)
        => value?.ToString(digits == 0 ? "#,0" : "0." + new string('0', digits), CultureInfo.InvariantCulture) ?? Nothing;

    /// <summary>Rates as a part of the bound, times and sizes as a multiple of it.</summary>
    private static string Ratio(double? ratio) => ratio switch
    {
        null => Nothing,
        < 1 => ratio.Value.ToString("0 %", CultureInfo.InvariantCulture),
        _ => ratio.Value.ToString("0.0#", CultureInfo.InvariantCulture) + "x",
    };

    private static string Behind(double? ratio) => ratio is null ? "" : $" ({Ratio(ratio)})";
}
