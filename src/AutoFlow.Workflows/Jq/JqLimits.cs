namespace AutoFlow.Workflows.Jq;

/// <summary>The budget of one evaluation. Each spent budget ends it with a <see cref="JqLimitException"/>.</summary>
public sealed record JqLimits
{
    public static JqLimits Default { get; } = new();

    /// <summary>Steps of the machine; long copies and comparisons are charged as many steps.</summary>
    public long Steps { get; init; } = 1_000_000;

    /// <summary>Calls and unfinished expressions that may be nested while running.</summary>
    public int Depth { get; init; } = 100_000;

    /// <summary>Outputs one evaluation may yield.</summary>
    public long Outputs { get; init; } = 1_000_000;

    /// <summary>Size of one output, in characters of JSON text (about).</summary>
    public long OutputSize { get; init; } = 4_000_000;

    /// <summary>Levels of arrays and objects one output may have.</summary>
    public int OutputDepth { get; init; } = 1_000;

    /// <summary>Size of any value made on the way, in characters of JSON text (about).</summary>
    public long ValueSize { get; init; } = 16_000_000;
}
