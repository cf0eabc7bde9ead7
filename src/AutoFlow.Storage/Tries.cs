namespace AutoFlow.Storage;

/// <summary>What became of the tries of one transaction or read so far, and since when they are made.</summary>
internal sealed class Tries(TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Tries that met somebody who was faster.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Tries that did not find the database.</summary>
    public int Absences { get; private set; }

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <summary>Counts one; gives the count.</summary>
    public int Conflict() => ++Conflicts;

    /// <summary>Counts one; gives the count.</summary>
    public int Absent() => ++Absences;
}
