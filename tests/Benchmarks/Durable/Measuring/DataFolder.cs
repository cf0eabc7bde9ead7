namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>A folder for one run's database, deleted after it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string _folder;

    /// <summary>Makes a new folder.</summary>
    /// <param name="parent">Where.</param>
    public DataFolder(string parent)
    {
        _folder = System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), $"autoflow-durable-{Guid.NewGuid():N}");
        Directory.CreateDirectory(_folder);
        FileSystem = new DriveInfo(_folder).DriveFormat;
    }

    /// <summary>The folder's path.</summary>
    public string Path => _folder;

    /// <summary>The database.</summary>
    public string Database => System.IO.Path.Combine(_folder, "durable.db");

    /// <summary>What it lies on; a file system in memory has no durable commits.</summary>
    public string FileSystem { get; }

    /// <summary>The database's size with its log, in bytes.</summary>
    public static long SizeOf(string database)
        => new[] { database, database + "-wal" }.Sum(file => File.Exists(file) ? new FileInfo(file).Length : 0);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
