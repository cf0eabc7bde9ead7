using System.Reflection;

namespace AutoFlow.Understanding;

/// <summary>Reads the word lists that ship inside the assembly: tab-separated rows, <c>#</c> starts a comment line.</summary>
internal static class WordLists
{
    /// <summary>Names of the lists that begin and end so, in ordinal order.</summary>
    public static IEnumerable<string> Names(string beginning, string ending) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(beginning, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The rows of a list, each with at least <paramref name="columns"/> columns.</summary>
    /// <exception cref="InvalidDataException">The list is missing or a row is too short: a build mistake.</exception>
    public static IReadOnlyList<string[]> Read(string name, int columns)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"Word list {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var rows = new List<string[]>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var row = line.Split('\t');
            if (row.Length < columns) throw new InvalidDataException($"{name}:{number} has {row.Length} columns, {columns} are needed.");
            rows.Add(row);
        }
        return rows;
    }
}
