using System.Globalization;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;

/// <summary>Interprets the steps of one generation. Each is given what to do when it has ended.</summary>
internal sealed class Steps(World world, Generation generation)
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

    private void Cancelled(CancelledSleep cancelled, Action<Result> then)
    {
        var fired = false;
        var far = SetTimer(cancelled.Long, () => fired = true);
        SetTimer(cancelled.Short, () =>
        {
            far.Cancel();
            then(fired ? Result.Ok("fired") : Counted("timer cancelled", Result.Ok("cancelled")));
        });
    }

    /// <summary>Waits for an event; one that was kept ends the wait before this returns.</summary>
    private Wait Hear(string name, Action<Result> then)
    {
        var wait = Waiting(then);
        var kept = generation.Unclaimed.FindIndex(each => each.Name == name);
        if (kept >= 0)
        {
            var payload = generation.Unclaimed[kept].Payload;
            generation.Unclaimed.RemoveAt(kept);
            world.Counts.Add("event buffered");
            wait.End(Result.Ok(payload));
        }
        else
        {
            generation.Listeners.Add((name, wait));
        }

        return wait;
    }

    private void Forget(Wait wait)
    {
        generation.Listeners.RemoveAll(each => each.Wait == wait);
        wait.Cancel();
    }

    private void HearFor(ListenFor listen, Action<Result> then)
    {
        Wait? heard = null;
        var timer = SetTimer(listen.Minutes, () =>
        {
            Forget(heard!);
            then(Counted("event timed out", Result.Ok("timeout")));
        });
        heard = Hear(listen.Name, result =>
        {
            timer.Cancel();
            then(Counted("event in time", result));
        });
    }

    private void Racing(Race race, Action<Result> then)
    {
        var waits = new List<Wait>();
        var ended = new Result?[race.Of.Length];
        var isOver = false;
        var hasBegun = false;
        for (var index = 0; index < race.Of.Length; index++)
        {
            var number = index;
            switch (race.Of[index])
            {
                case Sleep sleep:
                    waits.Add(SetTimer(sleep.Minutes, () => Ended(number, Result.Ok("z"))));
                    break;
                case Listen listen:
                    waits.Add(Hear(listen.Name, result => Ended(number, result)));
                    break;
                default:
                    Run(race.Of[index], result => Ended(number, result));
                    break;
            }
        }

        hasBegun = true;
        Decide();

        void Ended(int number, Result result)
        {
            ended[number] = result;
            if (hasBegun)
                Decide();
        }

        void Decide()
        {
            // The first in the list where several are there from the beginning.
            var winner = Array.FindIndex(ended, result => result is not null);
            if (isOver || winner < 0)
                return;
            isOver = true;
            if (race.CancelLosers)
                waits.ForEach(Forget);
            var result = ended[winner]!.Value;
            world.Counts.Add($"race won by {race.Of[winner].GetType().Name}, others {(race.CancelLosers ? "cancelled" : "left")}");
            then(result.Failure is null ? Result.Ok($"{winner.ToString(CultureInfo.InvariantCulture)}:{result.Value}") : result);
        }
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
