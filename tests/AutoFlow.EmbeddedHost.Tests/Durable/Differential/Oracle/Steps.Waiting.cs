using System.Globalization;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;

/// <summary>Timers and events, and races between them.</summary>
internal sealed partial class Steps
{
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
}
