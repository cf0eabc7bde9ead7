using System.Text.Json;
using AutoFlow.SampleShop.Data;

namespace AutoFlow.SampleShop.State;

/// <summary>
/// A file of one JSON object a line, only ever added to. What was added together is flushed together. A crash leaves at the most one
/// broken last line, which nobody was told of; it is cut off at the next start.
/// </summary>
/// <param name="path">Its folder is made when missing.</param>
internal sealed class AppendLog<T>(string path) : IAsyncDisposable where T : class
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    private readonly Lock gate = new();
    private MemoryStream waiting = new();
    private TaskCompletionSource next = Ending();
    private Task writing = Task.CompletedTask;
    private bool isWriting;
    private FileStream? file;

    /// <summary>What was added before, oldest first. Called once, before anything is added.</summary>
    public IReadOnlyList<T> Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        file.SetLength(whole);
        var read = new List<T>();
        for (var from = 0; from < whole;)
        {
            var length = bytes.AsSpan(from, whole - from).IndexOf((byte)'\n');
            read.Add(JsonSerializer.Deserialize<T>(bytes.AsSpan(from, length), SampleData.Json) ?? throw new JsonException($"A line of {path} is null."));
            from += length + 1;
        }

        return read;
    }

    /// <summary>Adds an entry; it is on the disk once <see cref="WrittenAsync"/> says so.</summary>
    public void Add(T entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, SampleData.Json);
        lock (gate)
        {
            waiting.Write(line);
            waiting.Write(LineEnd);
        }
    }

    /// <summary>Ends when everything that was added so far is on the disk.</summary>
    public Task WrittenAsync()
    {
        lock (gate)
        {
            // Nothing waits: what was added before is written, or being written.
            if (waiting.Length == 0) return writing;
            var mine = next.Task;
            if (!isWriting)
            {
                isWriting = true;
                _ = Task.Run(WriteAllAsync);
            }

            return mine;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await WrittenAsync();
        if (file is not null) await file.DisposeAsync();
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            MemoryStream batch;
            TaskCompletionSource done;
            lock (gate)
            {
                isWriting = waiting.Length > 0;
                if (!isWriting) return;
                (batch, waiting) = (waiting, new MemoryStream());
                (done, next) = (next, Ending());
                writing = done.Task;
            }

            try
            {
                await file!.WriteAsync(batch.GetBuffer().AsMemory(0, (int)batch.Length));
                file.Flush(flushToDisk: true);
                done.SetResult();
            }
            catch (Exception exception)
            {
                // Whoever waits for this batch learns of it; a log with a hole says so at the next start.
                done.SetException(exception);
            }
        }
    }

    private static TaskCompletionSource Ending() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
