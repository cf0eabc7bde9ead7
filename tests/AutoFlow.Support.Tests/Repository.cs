namespace AutoFlow.Support.Tests;

/// <summary>Finds the shipped files from where the tests run.</summary>
internal static class Repository
{
    public static string Folder(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AutoFlow.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("AutoFlow.sln");
        return Path.Combine([folder.FullName, .. parts]);
    }
}

/// <summary>A copy of a shipped folder to break.</summary>
internal sealed class FolderCopy : IDisposable
{
    public FolderCopy(string source)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*.yaml")) System.IO.File.Copy(file, File(System.IO.Path.GetFileName(file)));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("autoflow-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Replace(string name, string from, string to)
    {
        var text = System.IO.File.ReadAllText(File(name));
        Assert.Contains(from, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File(name), text.Replace(from, to, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
