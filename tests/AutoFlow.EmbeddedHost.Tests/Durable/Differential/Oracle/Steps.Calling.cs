namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;

/// <summary>Attempts, and children.</summary>
internal sealed partial class Steps
{
    private void Retried(RetriedCall retried, DateTimeOffset ready, int attempt, Action<Result> then)
        => Activity("attempt", () => world.Now < ready ? Result.Failed("not yet") : Result.Ok("1"), result =>
        {
            var how = retried.ByHandler ? "handler" : "policy";
            if (result.Failure is not null && attempt < retried.Attempts)
                SetTimer(Backoff(retried.Delay, attempt), () => Retried(retried, ready, attempt + 1, then));
            else
                then(Counted($"retry by {how} {(result.Failure is null ? attempt == 1 ? "not needed" : "succeeded" : "exhausted")}", result));
        });

    private static double Backoff(int delay, int attempt) => Math.Min(60, delay * Math.Pow(2, attempt - 1));

    private void Call(Child child, int attempt, Instance? before, Action<Result> then)
    {
        Instance? instance = null;
        var wait = Waiting(result =>
        {
            world.Counts.Add(result.Failure switch
            {
                null => "child returned",
                Failures.Exists => "child refused",
                Failures.Terminated => "child was terminated",
                _ => "child failed",
            });
            if (result.Failure is not null && attempt < child.Attempts)
            {
                world.Counts.Add("child tried again");
                SetTimer(Backoff(child.Delay, attempt), () => Call(child, attempt + 1, instance, then));
            }
            else
            {
                then(result);
            }
        });
        if (child.Id is { } id && world.Find(id) is { } earlier)
        {
            if (!earlier.IsFinished)
            {
                Answer(wait, Result.Failed(Failures.Exists));
                return;
            }

            world.Counts.Add("child in place of an earlier one");
            world.Remove(earlier);
        }

        // An id of the engine's making is made once for all attempts.
        if (child.Id is null && before is { IsGone: false })
            world.Remove(before);
        instance = new Instance(child.Id ?? "", child.Id is not null) { Caller = wait, Parent = _instance };
        world.Add(instance);
        World.Deliver(instance, new Message.Begin(child.Plan, 0, [], []));
    }
}
