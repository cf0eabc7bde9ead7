namespace AutoFlow.Workflows.Jq;

/// <summary>A budget of <see cref="JqLimits"/> was spent. A program cannot catch it.</summary>
public sealed class JqLimitException(string limit, string message) : Exception(message)
{
    /// <summary>The name of the <see cref="JqLimits"/> property that was exceeded.</summary>
    public string Limit { get; } = limit;
}
