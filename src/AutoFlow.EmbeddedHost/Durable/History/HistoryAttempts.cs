namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>Finds the calls of a history that are the same one, tried again.</summary>
internal static class HistoryAttempts
{
    /// <summary>The attempts of a generation's turns.</summary>
    public static TaskAttempts Of(IReadOnlyList<TurnRecord> turns)
    {
        var attempts = new TaskAttempts();
        foreach (var turn in turns)
        {
            attempts.Turn();
            foreach (var one in turn.Received.Concat(turn.Decided))
                Tell(attempts, one);
        }

        return attempts;
    }

    private static void Tell(TaskAttempts attempts, HistoryEvent one)
    {
        switch (one)
        {
            case TaskScheduled task:
                attempts.Scheduled(task.TaskId, $"activity {task.Name} {task.Input}");
                break;
            case ChildScheduled child:
                attempts.Scheduled(child.TaskId, $"child {child.Name} {child.InstanceId}");
                break;
            case TaskFailed failed:
                attempts.Failed(failed.TaskId);
                break;
            case TimerCreated timer:
                attempts.TimerCreated(timer.TaskId);
                break;
            case TimerFired timer:
                attempts.TimerFired(timer.TaskId);
                break;
        }
    }
}
