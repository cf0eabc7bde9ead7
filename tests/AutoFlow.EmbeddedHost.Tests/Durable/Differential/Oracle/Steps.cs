using System.Globalization;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;

/// <summary>Interprets the steps of one generation. Each is given what to do when it has ended.</summary>
internal sealed partial class Steps(World world, Generation generation)
{
    private readonly Instance _instance = generation.Instance;

    public void Run(Step step, Action<Result> then)
    {
        switch (step)
        {
            case Call call:
                Activity("call", () => Result.Ok((call.Number * call.Number).ToString(CultureInfo.InvariantCulture)), then);
                break;
            case FailingCall failing:
                Activity("call", () => Result.Failed(failing.Message), then);
                break;
            case RetriedCall retried:
                Retried(retried, world.Now.AddMinutes(retried.ReadyAfter), 1, then);
                break;
            case Sleep sleep:
                SetTimer(sleep.Minutes, () => then(Counted("timer fired", Result.Ok("z"))));
                break;
            case CancelledSleep cancelled:
                Cancelled(cancelled, then);
                break;
            case Listen listen:
                Hear(listen.Name, result => then(Counted("event", result)));
                break;
            case ListenFor listen:
                HearFor(listen, then);
                break;
            case Race race:
                Racing(race, then);
                break;
            case Sequence sequence:
                InTurn(sequence.Steps, [], then);
                break;
            case Parallel parallel:
                SideBySide(parallel.Steps, then);
                break;
            case Child child:
                Call(child, 1, null, result => then(result.Failure is null ? Result.Ok($"({result.Value})") : result));
                break;
            case Try attempt:
                Run(attempt.Step, result => then(result.Failure is { } failure ? Counted("failure caught", Result.Ok($"caught {failure}")) : result));
                break;
            case Fail fail:
                then(Result.Failed(fail.Message));
                break;
            case Status status:
                world.Counts.Add(status.Text is null ? "custom status removed" : "custom status set");
                _instance.Custom = status.Text;
                then(Result.Ok(""));
                break;
            case Send send:
                var target = world.Find(send.Target);
                world.Counts.Add(target is null ? "event sent to nobody" : target.IsFinished ? "event sent to what has ended" : "event sent");
                if (target is not null)
                    World.Deliver(target, new Message.Event(send.Name, send.Payload));
                then(Result.Ok(""));
                break;
            case Now:
                then(Result.Ok(Math.Floor((world.Now - Interpreter.Epoch).TotalMinutes).ToString(CultureInfo.InvariantCulture)));
                break;
            default:
                throw new NotSupportedException(step.ToString());
        }
    }

    private Result Counted(string what, Result result)
    {
        world.Counts.Add(what);
        return result;
    }

    private Wait Waiting(Action<Result> then) => new(generation, then);

    /// <summary>An answer comes through the inbox, so that it is held while the instance is suspended.</summary>
    private void Answer(Wait wait, Result result) => World.Deliver(_instance, new Message.Answer(wait, result));

    private void Activity(string what, Func<Result> work, Action<Result> then)
    {
        var wait = Waiting(then);
        world.RunActivity(() =>
        {
            var result = work();
            world.Counts.Add($"{what} {(result.Failure is null ? "succeeded" : "failed")}");
            Answer(wait, result);
        });
    }

    private Wait SetTimer(double minutes, Action then)
    {
        var wait = Waiting(_ => then());
        world.SetTimer(world.Now.AddMinutes(minutes), () => Answer(wait, Result.Ok("")), wait);
        return wait;
    }

    private void InTurn(Step[] steps, List<string> done, Action<Result> then)
    {
        if (done.Count == steps.Length)
        {
            then(Result.Ok(string.Join(',', done)));
            return;
        }

        Run(steps[done.Count], result =>
        {
            if (result.Failure is not null)
                then(result);
            else
                InTurn(steps, [.. done, result.Value!], then);
        });
    }

    private void SideBySide(Step[] steps, Action<Result> then)
    {
        var results = new Result?[steps.Length];
        var left = steps.Length;
        for (var index = 0; index < steps.Length; index++)
        {
            var number = index;
            Run(steps[index], result =>
            {
                results[number] = result;
                if (--left > 0)
                    return;
                var failed = Array.Find(results, each => each!.Value.Failure is not null);
                world.Counts.Add($"fan-in {(failed is null ? "succeeded" : "failed")}");
                then(failed ?? Result.Ok($"[{string.Join('|', results.Select(each => each!.Value.Value))}]"));
            });
        }
    }
}
