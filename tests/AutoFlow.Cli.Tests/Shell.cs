using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Cli.Tests;

/// <summary>A folder of files and the command line to run on them.</summary>
public abstract class Shell : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autoflow");
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    /// <summary>The functions that definitions may call.</summary>
    protected IFunctionCatalog Functions { get; init; } = FunctionCatalog.FromNames("ask", "sendReply");

    protected string Folder => _folder.FullName;

    protected string Output => _output.ToString();

    protected string Error => _error.ToString();

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a file into the folder; gives its path.</summary>
    protected string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    protected Task<int> RunAsync(params string[] args) => new CommandLine(Functions, _output, _error).RunAsync(args);
}
