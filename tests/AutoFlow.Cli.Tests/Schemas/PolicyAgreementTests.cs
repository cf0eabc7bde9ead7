using AutoFlow.Support.Policies;
using AutoFlow.Support.Yaml;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Cli.Tests.Schemas;

/// <summary>Puts other values into the shipped policies, one at a time, and asks the schema and the app's own reader.</summary>
public sealed class PolicyAgreementTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(EditorSchema.Root, "workflows", "policies");

    private static readonly string[] Candidates =
    [
        "7 days", "1.5 weeks", "36 hours", "-1 day", "7", "7 dayz", "soon", "150 EUR", "150EUR", "0.50 PLN", "150 ERU", "-1 EUR", "50 %", "100 %",
        "100.5 %", "99.5%", "-1 %", "DE", "de", "Germany", "refund", "hold", "send", "true", "false", "maybe", "0.5", "-1", "2", "care", "hand-over",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("autoflow-").FullName;

    public PolicyAgreementTests()
    {
        foreach (var file in Directory.EnumerateFiles(Shipped)) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_schemas_and_the_readers_refuse_the_same_values()
    {
        var differences = new List<string>();
        var refused = 0;
        foreach (var path in Directory.EnumerateFiles(_folder).Order().ToList())
        {
            var file = Path.GetFileName(path);
            var schema = EditorSchema.Of(Path.Combine(Shipped, file));
            var source = new SourceText(file, File.ReadAllText(path));
            foreach (var scalar in Scalars(YamlReader.Read(source, new DiagnosticSink(source))!))
            {
                foreach (var candidate in Candidates)
                {
                    // What readers take as text, an editor takes for a number or a truth: quotes are no mistake.
                    if (scalar.IsText != (CoreSchema.Resolve(candidate).Kind == JqKind.String)) continue;
                    var text = With(source, scalar, candidate);
                    File.WriteAllText(path, text);
                    var read = PolicyBook.Load(_folder).Errors;
                    var marked = schema.Validate(text);
                    if (read.Count > 0) refused++;
                    if (read.Count > 0 != marked.Count > 0 && !read.Any(IsBeyondTheForm))
                        differences.Add($"{file}:{scalar.Position} {scalar.Text} -> {candidate}: {string.Join(' ', read)} | {string.Join(' ', marked)}");
                }
            }

            File.WriteAllText(path, source.Text);
        }

        Assert.True(refused > 500, $"only {refused} were refused");
        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences.Take(20))}");
    }

    /// <summary>What only the reader can know: other values of the file, and what is written twice.</summary>
    private static bool IsBeyondTheForm(FileError error) =>
        error.Message.Contains("shorter than", StringComparison.Ordinal)
        || error.Message.Contains("longer than", StringComparison.Ordinal)
        || error.Message.Contains("two limits in", StringComparison.Ordinal)
        || (error.File.EndsWith("departments.yaml", StringComparison.Ordinal) && error.Message.StartsWith("unknown word", StringComparison.Ordinal));

    private static string With(SourceText source, YamlScalar scalar, string text)
    {
        var lines = (string[])source.Lines.Clone();
        var line = lines[scalar.Position.Line - 1];
        lines[scalar.Position.Line - 1] = line[..(scalar.Position.Column - 1)] + text + line[(scalar.Position.Column - 1 + scalar.Text.Length)..];
        return string.Join('\n', lines);
    }

    /// <summary>The scalars of a file; of a list, whose items are all of one kind, the first.</summary>
    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar],
        YamlSequence list => list.Items.Take(1).SelectMany(Scalars),
        YamlMapping map => map.Entries.SelectMany(static e => Scalars(e.Value)),
        _ => [],
    };
}
