using System.Buffers.Binary;

namespace AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;

/// <summary>How the end of a write-ahead log looks after a power cut in the middle of a commit.</summary>
public enum Tear
{
    /// <summary>The commit is whole.</summary>
    None,

    /// <summary>The file ends in the middle of the commit.</summary>
    Truncated,

    /// <summary>The file has its length, and zeros from the middle of the commit on.</summary>
    Zeroed,

    /// <summary>Bytes of the last page are wrong.</summary>
    Flipped,

    /// <summary>The last page is there, an earlier one of the same commit is not: the disk wrote them in another order.</summary>
    OutOfOrder,

    /// <summary>The mark of the commit itself is not there.</summary>
    MarkMissing,
}

/// <summary>The two files of a database at one moment, and what the log's last commit is. The format is SQLite's (fileformat2.html, section 4).</summary>
internal sealed class WalImage(byte[] database, byte[] log)
{
    private const int LogHeader = 32;
    private const int FrameHeader = 24;

    private int FrameSize => FrameHeader + (int)BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(8));

    public byte[] Database => database;

    /// <summary>Where the frames of the last commit begin and end in the log; null where it has none.</summary>
    public (int Begin, int End)? LastCommit()
    {
        if (log.Length < LogHeader + FrameHeader)
            return null;
        var salt = log.AsSpan(16, 8);
        var (begin, end, last) = (LogHeader, LogHeader, LogHeader);
        for (var at = LogHeader; at + FrameSize <= log.Length && log.AsSpan(at + 8, 8).SequenceEqual(salt); at += FrameSize)
        {
            // A frame with the size of the database is the last one of its commit.
            if (BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(at + 4)) == 0)
                continue;
            (begin, end) = (last, at + FrameSize);
            last = end;
        }

        return end > begin ? (begin, end) : null;
    }

    /// <summary>Writes the files with the last commit torn.</summary>
    public void Write(string path, Tear tear)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, database);
        File.WriteAllBytes(path + "-wal", Torn(tear));
    }

    private byte[] Torn(Tear tear)
    {
        var torn = (byte[])log.Clone();
        if (tear == Tear.None)
            return torn;
        var (begin, end) = LastCommit() ?? throw new InvalidOperationException("There is no commit to tear.");
        var middle = begin + ((end - begin) / 2);
        switch (tear)
        {
            case Tear.Truncated:
                return torn[..middle];
            case Tear.Zeroed:
                torn.AsSpan(middle).Clear();
                break;
            case Tear.Flipped:
                foreach (ref var each in torn.AsSpan(end - (FrameSize / 2), 16))
                    each ^= 0x55;
                break;
            case Tear.OutOfOrder:
                torn.AsSpan(begin, FrameSize).Clear();
                break;
            case Tear.MarkMissing:
                torn.AsSpan(end - FrameSize + 4, 4).Clear();
                break;
        }

        return torn;
    }
}
