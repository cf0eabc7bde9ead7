using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>
/// What runs now, in a mapped file beside the database: the kernel keeps it when the process dies, so that the next start knows what ran then.
/// A mark costs no input or output.
/// </summary>
internal sealed class RunningMarks : IDisposable
{
    private const int Slots = 1024;
    private const int SlotSize = 1024;
    private const int Header = 12;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly Stack<int> _free = new(Enumerable.Range(0, Slots).Reverse());
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <param name="path">The file; null for a database in memory, of which nothing is left after a death.</param>
    public RunningMarks(string? path)
    {
        if (path is null)
            return;
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

        // Written, not only reserved: a mapped page that a full disk has no room for would end the process at its first mark.
        if (stream.Length < Slots * SlotSize)
        {
            stream.SetLength(0);
            stream.Write(new byte[Slots * SlotSize]);
            stream.Flush();
        }

        _file = MemoryMappedFile.CreateFromFile(stream, null, Slots * SlotSize, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>What ran when the last process died, and clears it.</summary>
    public IReadOnlyList<Running> TakeLeft()
    {
        var left = new List<Running>();
        for (var slot = 0; _view is not null && slot < Slots; slot++)
        {
            var length = _view.ReadInt32(slot * SlotSize);
            if (length is > 0 and <= SlotSize - Header)
            {
                var id = new byte[length];
                _view.ReadArray((slot * SlotSize) + Header, id, 0, length);
                left.Add(new Running(Encoding.UTF8.GetString(id), _view.ReadInt32((slot * SlotSize) + 4), _view.ReadInt32((slot * SlotSize) + 8)));
            }

            _view.Write(slot * SlotSize, 0);
        }

        return left;
    }

    /// <summary>Marks something as running until the mark is disposed of.</summary>
    public Mark Begin(Running running)
    {
        if (_view is null)
            return default;
        int slot;
        lock (_gate)
        {
            if (_disposed || !_free.TryPop(out slot))
                return default;
        }

        // The length comes last: a slot that is half written says nothing.
        Span<byte> mark = stackalloc byte[Math.Min(SlotSize, Header + (running.InstanceId.Length * 3))];
        if (!Encoding.UTF8.TryGetBytes(running.InstanceId, mark[Header..], out var length))
            length = 0;
        MemoryMarshal.Write(mark[4..], running.Generation);
        MemoryMarshal.Write(mark[8..], running.Task);
        _view.SafeMemoryMappedViewHandle.WriteSpan((ulong)((slot * SlotSize) + 4), mark[4..(Header + length)]);
        _view.Write(slot * SlotSize, length);
        return new Mark(this, slot);
    }

    /// <summary>Ends in order: nothing that runs has to do with it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        for (var slot = 0; _view is not null && slot < Slots; slot++)
            _view.Write(slot * SlotSize, 0);
        _view?.Dispose();
        _file?.Dispose();
    }

    private void End(int slot)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _view!.Write(slot * SlotSize, 0);
            _free.Push(slot);
        }
    }

    /// <summary>Something that runs.</summary>
    public readonly struct Mark(RunningMarks? marks, int slot) : IDisposable
    {
        public void Dispose() => marks?.End(slot);
    }
}

/// <summary>A turn or an activity that runs.</summary>
/// <param name="InstanceId">The instance's id.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Task">The activity's number; <see cref="Turn"/> for a turn.</param>
internal readonly record struct Running(string InstanceId, int Generation, int Task)
{
    /// <summary>Stands for a turn of the orchestrator.</summary>
    public const int Turn = -1;

    /// <summary>The turns of an instance; whichever it is, one at a time runs.</summary>
    public static Running TurnOf(string instanceId) => new(instanceId, 0, Turn);
}
