namespace AutoFlow.EndToEnd.Tests.App;

/// <summary>A folder of its own for one app's data; gone at the end.</summary>
public sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("autoflow-e2e-").FullName;

    /// <summary>The keys that the sample shop made for itself at its first start.</summary>
    public string ShopKeys => System.IO.Path.Combine(Path, "shop", "keys.json");

    /// <summary>Takes the trained model of another folder over, so that the start does not train again.</summary>
    public DataFolder WithModelOf(DataFolder other)
    {
        var from = System.IO.Path.Combine(other.Path, "model");
        if (!Directory.Exists(from)) return this;
        var to = Directory.CreateDirectory(System.IO.Path.Combine(Path, "model"));
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, System.IO.Path.Combine(to.FullName, System.IO.Path.GetFileName(file)));
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
