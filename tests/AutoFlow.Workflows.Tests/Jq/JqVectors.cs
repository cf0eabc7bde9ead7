namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>One test of jq's own suite: a program, its input and outputs, or a program that must not compile.</summary>
internal sealed record JqVector(int Line, string Program, string? Input, IReadOnlyList<string> Outputs)
{
    public bool MustFail => Input is null;

    /// <summary>The suite, or null where the shared data is absent.</summary>
    public static IReadOnlyList<JqVector>? Load()
    {
        var path = Path.Combine(SharedFolder(), "jq", "jq.test");
        return File.Exists(path) ? Read(File.ReadAllLines(path)) : null;
    }

    private static string SharedFolder()
    {
        if (Environment.GetEnvironmentVariable("AUTOFLOW_SHARED") is { Length: > 0 } set)
            return set;
        return Path.Combine(Repository.Root, "..", "shared");
    }

    private static List<JqVector> Read(string[] lines)
    {
        var vectors = new List<JqVector>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsBlank(lines[i]))
                continue;
            var start = i + 1;
            if (lines[i].StartsWith("%%FAIL", StringComparison.Ordinal))
            {
                vectors.Add(new JqVector(start, lines[++i], null, []));
                while (i + 1 < lines.Length && lines[i + 1].Length > 0)
                    i++;
                continue;
            }

            var program = lines[i];
            var input = lines[++i];
            var outputs = new List<string>();
            while (i + 1 < lines.Length && !IsBlank(lines[i + 1]))
                outputs.Add(lines[++i]);
            vectors.Add(new JqVector(start, program, input, outputs));
        }

        return vectors;
    }

    private static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line) || line[0] == '#';
}
