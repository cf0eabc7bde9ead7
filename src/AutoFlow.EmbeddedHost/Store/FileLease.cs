using System.Globalization;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>The right of one process to a database file. The kernel takes it back when the process dies, however it dies.</summary>
internal sealed class FileLease : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _pidPath;

    private FileLease(FileStream @lock, string pidPath)
    {
        _lock = @lock;
        _pidPath = pidPath;
    }

    /// <summary>Takes the lease, or tells who has it.</summary>
    /// <exception cref="DatabaseInUseException">Somebody else has it.</exception>
    public static FileLease Take(string databasePath)
    {
        // The lock and the pid are two files: a locked file cannot be read by others on every system.
        var lockPath = databasePath + ".lock";
        var pidPath = databasePath + ".pid";
        FileStream held;
        try
        {
            held = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(lockPath))
        {
            throw new DatabaseInUseException(databasePath, ReadPid(pidPath));
        }

        File.WriteAllText(pidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new FileLease(held, pidPath);
    }

    public void Dispose()
    {
        File.Delete(_pidPath);
        _lock.Dispose();
    }

    private static int? ReadPid(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
