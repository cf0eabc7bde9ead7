using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Schemas;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Cli.Tests.Schemas;

/// <summary>A schema under schemas/ as an editor uses it: with its references to the files beside it.</summary>
internal sealed class EditorSchema
{
    private readonly JsonSchema _schema;

    private EditorSchema(JqValue json, JsonSchema schema) => (Json, _schema) = (json, schema);

    /// <summary>The folder of the sources.</summary>
    public static string Root { get; } = FindRoot();

    public JqValue Json { get; }

    /// <summary>Reads a schema file, and asserts that nothing is wrong with it.</summary>
    public static EditorSchema Open(string path)
    {
        var json = JqValue.Parse(File.ReadAllText(path));
        var compilation = JsonSchema.Compile(json, new SchemaOptions
        {
            BaseUri = new Uri(path),
            Documents = static uri => JqValue.Parse(File.ReadAllText(uri.LocalPath)),
        });
        Assert.Empty(compilation.Problems);
        return new EditorSchema(json, compilation.Schema!);
    }

    /// <summary>The schema that a file's first line names.</summary>
    public static EditorSchema Of(string file)
    {
        const string modeline = "# yaml-language-server: $schema=";
        var first = File.ReadLines(file).First();
        Assert.StartsWith(modeline, first, StringComparison.Ordinal);
        return Open(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, first[modeline.Length..])));
    }

    /// <summary>The value of a YAML text by the core schema, as editors read it.</summary>
    public static JqValue Value(string yaml)
    {
        var source = new SourceText("file.yaml", yaml);
        var sink = new DiagnosticSink(source);
        var root = YamlReader.Read(source, sink);
        Assert.True(root is not null, string.Join('\n', sink.ToList()));
        return root.ToJson();
    }

    public IReadOnlyList<SchemaError> Validate(string yaml) => _schema.Validate(Value(yaml));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AutoFlow.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("AutoFlow.sln");
        return folder.FullName;
    }
}
