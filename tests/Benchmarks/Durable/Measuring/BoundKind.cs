namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>What bare SQLite does.</summary>
internal enum BoundKind
{
    /// <summary>One thread writes all that a turn of an engine writes: what it consumed and asked for, its history, its status.</summary>
    Turns,

    /// <summary>The same, by callers that hand their rows to one writer thread and wait for the commit.</summary>
    Callers,

    /// <summary>One thread writes one row of history a turn, and nothing else.</summary>
    History,
}
