using System.Globalization;
using AutoFlow.EmbeddedHost.Store;

namespace AutoFlow.Cli.Backup;

/// <summary>
/// Puts databases in the place of those of a data folder. A mark lies there meanwhile, which an app does not start beside: cut off in the
/// middle the folder could hold one database of now and one of then.
/// </summary>
internal sealed class DataExchange(string data, string aside)
{
    private const string MarkText = "A restore exchanges the databases here. If none runs, it was cut off: run 'autoflow restore' with --force again. What was there lies in ";

    private readonly List<(string From, string To)> _moved = [];

    /// <summary>The folder for what is replaced.</summary>
    public static string Aside(string data, DateTimeOffset now) =>
        Path.Combine(data, $"replaced-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}");

    /// <summary>Sets what is there aside, both databases and the host's marks, and moves the new ones in.</summary>
    /// <param name="from">The folder that the new ones are in, on the same disk.</param>
    /// <param name="names">Their names.</param>
    /// <returns>Whether anything was set aside.</returns>
    /// <exception cref="IOException">A move failed, and the folder is as it was; or not, then the message says what to do.</exception>
    public bool Run(string from, IReadOnlyList<string> names)
    {
        // Before the first move: afterwards a power cut must not find names without contents.
        foreach (var name in names) Flush(Path.Combine(from, name));
        string[] old = [.. DataFiles.All.Where(name => File.Exists(Path.Combine(data, name)))];
        var mark = Path.Combine(data, UnfinishedRestoreException.Mark);
        var wasMarked = File.Exists(mark);
        try
        {
            Mark(mark);
            if (old.Length > 0) Directory.CreateDirectory(aside);
            foreach (var name in old) Move(Path.Combine(data, name), Path.Combine(aside, name));
            foreach (var name in names) Move(Path.Combine(from, name), Path.Combine(data, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!TakeBack()) throw new IOException($"{exception.Message} What was there lies in {aside} and could not be moved back: move its files back into {data} and delete {mark}, or restore again with --force", exception);
            if (!wasMarked) File.Delete(mark);
            throw new IOException($"{exception.Message} Nothing was changed there", exception);
        }

        try
        {
            File.Delete(mark);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{exception.Message} All is restored but this: delete {mark}, no app starts beside it", exception);
        }

        return old.Length > 0;
    }

    private void Move(string from, string to)
    {
        File.Move(from, to);
        _moved.Add((from, to));
    }

    private bool TakeBack()
    {
        try
        {
            foreach (var (from, to) in Enumerable.Reverse(_moved)) File.Move(to, from);
            if (Directory.Exists(aside)) Directory.Delete(aside);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Mark(string path)
    {
        using (var file = new StreamWriter(path)) file.WriteLine(MarkText + aside);
        Flush(path);
    }

    private static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
