using System.Globalization;
using System.Text;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>
/// What happened, beside the database: a line in a file for each run of a step and for each thing that the client was told. A line is
/// one write, so that a kill loses none that was written.
/// </summary>
internal sealed class RestartNotes : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Opens the notes of one process.</summary>
    /// <param name="database">The database they lie beside.</param>
    /// <param name="run">1 for the process that is killed, 2 for the next.</param>
    public RestartNotes(string database, int run)
        => _file = new FileStream(PathOf(database, run), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>The client was told that an instance is started.</summary>
    public void Acknowledged(string instance) => Write($"started {instance}");

    /// <summary>The client was told that an instance is completed.</summary>
    public void Completed(string instance) => Write($"completed {instance}");

    /// <summary>A step ran.</summary>
    /// <param name="before">The token that it was given: the result that is recorded of the step before.</param>
    public void StepRan(string instance, int task, string token, string before)
        => Write(string.Create(CultureInfo.InvariantCulture, $"step {instance} {task} {token} {before}"));

    /// <summary>The words of each line; a last line that the kill cut is left out.</summary>
    public static IEnumerable<string[]> Read(string database, int run)
    {
        using var file = new FileStream(PathOf(database, run), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '));
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(string database, int run) => $"{database}.notes{run.ToString(CultureInfo.InvariantCulture)}";

    private void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_file)
            _file.Write(bytes);
    }
}
