namespace AutoFlow.Workflows.Execution;

/// <summary>What becomes of those that lose a race.</summary>
internal static class Race
{
    /// <summary>Watches a loser, whose end means nothing any more: its late answer and its late failure are dropped.</summary>
    public static async Task ForgetAsync(Task loser)
    {
        try
        {
            await loser;
        }
        catch (Exception e) when (e is OperationCanceledException or WorkflowErrorException or PortFailedException)
        {
            // The race was decided without it.
        }
    }
}
