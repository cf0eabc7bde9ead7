namespace AutoFlow.Cli.Instances;

/// <summary>Text in columns.</summary>
internal static class Columns
{
    private const string Between = "  ";

    /// <summary>Writes rows, the first of them the headings; a column is as wide as its longest cell.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            output.WriteLine(string.Join(Between, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
