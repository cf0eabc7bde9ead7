using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>Sources, compiled so that every name in them is known.</summary>
/// <param name="compilations">One per project.</param>
internal sealed class AppCode(ImmutableArray<CSharpCompilation> compilations)
{
    /// <summary>What the SDK imports into every file.</summary>
    private const string Imports = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("AutoFlow.Functions")]
        """;

    /// <summary>A partial method of a source generator, which does not run here.</summary>
    private const string OfAGenerator = "CS8795";

    private static readonly string[] Ours = ["AutoFlow.Functions", "AutoFlow.Workflows", "AutoFlow.Support"];
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);

    /// <summary>What the tests run with: the framework, packages, and the app's projects as they are built.</summary>
    private static readonly Lazy<ImmutableArray<(string Name, MetadataReference Reference)>> All = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(file => (Path.GetFileNameWithoutExtension(file), (MetadataReference)MetadataReference.CreateFromFile(file)))]);

    private readonly Dictionary<SyntaxTree, CSharpCompilation> _of = compilations
        .SelectMany(compilation => compilation.SyntaxTrees.Select(tree => (tree, compilation))).ToDictionary(one => one.tree, one => one.compilation);

    /// <summary>Every type of the sources.</summary>
    public ImmutableArray<INamedTypeSymbol> Types { get; } = [.. compilations.SelectMany(compilation => TypesOf(compilation.Assembly.GlobalNamespace))];

    /// <summary>The attributes of the projects.</summary>
    public IEnumerable<AttributeData> Attributes => compilations.SelectMany(compilation => compilation.Assembly.GetAttributes());

    /// <summary>Reads the app with the projects that orchestrations reach.</summary>
    /// <exception cref="InvalidOperationException">They do not compile here.</exception>
    public static AppCode Read()
    {
        // The projects at the bottom see none of ours; the app sees the sources of these two, and the others as they are built.
        var platform = Platform(file => !file.StartsWith("AutoFlow.", StringComparison.Ordinal));
        var workflows = Compile("AutoFlow.Workflows", platform, Files("src/AutoFlow.Workflows").Append(Shared), []);
        var support = Compile("AutoFlow.Support", platform, Files("src/AutoFlow.Support").Append(Shared), []);
        var app = Files("functions").Where(file => !file.Path.Contains("/Hosts/Azure", StringComparison.Ordinal)).Append(Source("src/Shared/TaskAttempts.cs"));
        var functions = Compile("AutoFlow.Functions", Platform(file => !Ours.Contains(file)), app, [workflows, support]);
        return new AppCode([functions, workflows, support]);
    }

    /// <summary>One file that is given as text.</summary>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public static AppCode Of(string text) => new([Compile("Sample", Platform(_ => true), [("Sample.cs", text)], [])]);

    /// <summary>What the code at a node means; null where it does nothing.</summary>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public IOperation? OperationAt(SyntaxNode node)
    {
        var operation = _of[node.SyntaxTree].GetSemanticModel(node.SyntaxTree).GetOperation(node);
        return operation?.DescendantsAndSelf().FirstOrDefault(one => one.Kind == OperationKind.Invalid) is { } wrong
            ? throw new InvalidOperationException($"{wrong.Syntax.GetLocation().GetLineSpan()} does not compile here: {wrong.Syntax}")
            : operation;
    }

    /// <summary>Whether a symbol is in the sources.</summary>
    public bool Has(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Any(reference => _of.ContainsKey(reference.SyntaxTree));

    private static (string Path, string Text) Shared => Source("src/Shared/NearestWord.cs");

    private static CSharpCompilation Compile(
        string name, ImmutableArray<MetadataReference> platform, IEnumerable<(string Path, string Text)> files, IEnumerable<CSharpCompilation> others)
    {
        var trees = files.Append(("Imports.cs", Imports)).Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Item2), Parse, file.Item1));
        var compilation = CSharpCompilation.Create(
            name,
            trees,
            [.. platform, .. others.Select(other => other.ToMetadataReference())],
            new CSharpCompilationOptions(
                name == "AutoFlow.Functions" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        // Declarations only: bodies are looked at where they are reached, and most are not.
        var errors = compilation.GetDeclarationDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error && found.Id != OfAGenerator).Take(5).ToList();
        return errors.Count == 0 ? compilation : throw new InvalidOperationException($"{name} does not compile here: {string.Join("; ", errors)}");
    }

    private static ImmutableArray<MetadataReference> Platform(Func<string, bool> which)
        => [.. All.Value.Where(one => which(one.Name)).Select(one => one.Reference)];

    private static IEnumerable<(string Path, string Text)> Files(string folder)
        => Directory.EnumerateFiles(Path.Combine(Sources.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Sources.Root, file).Replace('\\', '/'))
            .Where(file => !file[folder.Length..].StartsWith("/obj", StringComparison.Ordinal) && !file[folder.Length..].StartsWith("/bin", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Source);

    private static (string Path, string Text) Source(string file) => (file, File.ReadAllText(Path.Combine(Sources.Root, file)));

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? TypesOf(member).Prepend(type) : TypesOf(member));
}
