using System.Globalization;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;

/// <summary>What a scenario must give.</summary>
internal static class Reckoning
{
    /// <summary>What is told of a client's operation that a crash cut off.</summary>
    public const string CutOff = "cut off";

    /// <summary>Reckons.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="cutOff">Acts that a crash cut off, and whether each took effect.</param>
    /// <param name="choice">The order of what happens at one moment; null for first come first served.</param>
    /// <param name="counts">Counts what happens.</param>
    /// <returns>What the client sees of each act, and of all instances in the end.</returns>
    public static List<string> Of(Scenario scenario, IReadOnlyDictionary<int, bool> cutOff, Random? choice, Counts counts)
    {
        var world = new World(choice, counts);
        var client = new Client(world);
        var seen = new List<string>();
        for (var number = 0; number < scenario.Acts.Length; number++)
        {
            var (operation, hurried) = scenario.Acts[number];
            if (operation is Start)
                world.Tick();
            if (cutOff.TryGetValue(number, out var tookEffect))
            {
                if (tookEffect)
                    client.Do(operation);
                counts.Add("crash, client cut off");
                seen.Add(CutOff);
                world.Settle();
                continue;
            }

            seen.Add($"{operation.GetType().Name}: {client.Do(operation)}");
            if (hurried)
                world.SettlePartly();
            else
                world.Settle();
        }

        world.Settle();
        world.Advance(Driver.Afterwards);
        seen.AddRange(world.Instances.Select(instance => instance.Describe()).Order(StringComparer.Ordinal));
        return seen;
    }

    /// <summary>The client's operations.</summary>
    private sealed class Client(World world)
    {
        public string Do(Operation operation)
        {
            var result = operation switch
            {
                Start start => Begin(start),
                Raise raise => Tell(raise.Id, new Message.Event(raise.Name, raise.Payload), unknown: "unknown"),
                Suspend suspend => Tell(suspend.Id, new Message.Suspend(), unknown: "unknown"),
                Resume resume => Tell(resume.Id, new Message.Resume(), unknown: "unknown"),
                Terminate terminate => Tell(terminate.Id, new Message.Terminate(terminate.Recursive), unknown: "ok"),
                Purge purge => Remove(purge),
                PurgeAll => RemoveAll(),
                Query query => Ask(query.Id),
                Advance advance => Wait(() => world.Advance(TimeSpan.FromMinutes(advance.Minutes))),
                Reopen reopen => Wait(() => world.Sleep(TimeSpan.FromMinutes(reopen.Minutes), reopen.Asleep)),
                Crash => "ok",
                _ => throw new NotSupportedException(operation.ToString()),
            };
            return result;
        }

        private string Begin(Start start)
        {
            if (world.Find(start.Id) is { } earlier)
            {
                if (!earlier.IsFinished || start.Once)
                {
                    world.Counts.Add(earlier.IsFinished ? "start refused: has been" : "start refused: lives");
                    return Failures.Exists;
                }

                world.Counts.Add("start in place of an earlier one");
                world.Remove(earlier);
            }

            var instance = new Instance(start.Id, true);
            world.Add(instance);
            var begin = new Message.Begin(start.Plan, 0, [], []);
            if (start.After is { } minutes)
                world.SetTimer(world.Now.AddMinutes(minutes), () => World.Deliver(instance, begin), null);
            else
                World.Deliver(instance, begin);
            world.Counts.Add(start.After is null ? "start" : "start later");
            return "ok";
        }

        private string Tell(string id, Message message, string unknown)
        {
            var what = message.GetType().Name;
            if (world.Find(id) is not { } instance)
            {
                world.Counts.Add($"client: {what} to nobody");
                return unknown;
            }

            world.Counts.Add($"client: {what} to {(instance.IsFinished ? "what has ended" : "what lives")}");
            World.Deliver(instance, message);
            return "ok";
        }

        private string Remove(Purge purge)
        {
            var gone = world.Find(purge.Id) is { IsFinished: true } instance ? Family(instance, purge.Recursive).Where(each => each.IsFinished).ToList() : [];
            gone.ForEach(world.Remove);
            world.Counts.Add($"purge of {(gone.Count == 0 ? "nothing" : gone.Count == 1 ? "one" : "a family")}");
            return gone.Count.ToString(CultureInfo.InvariantCulture);
        }

        private List<Instance> Family(Instance instance, bool recursive)
        {
            List<Instance> family = [instance];
            for (var index = 0; recursive && index < family.Count; index++)
                family.AddRange(world.Instances.Where(each => each.Parent == family[index] && !family.Contains(each)));
            return family;
        }

        private string RemoveAll()
        {
            var gone = world.Instances.Where(instance => instance.Status == OrchestrationRuntimeStatus.Completed).ToList();
            gone.ForEach(world.Remove);
            world.Counts.Add($"purge of all, {(gone.Count == 0 ? "none there" : "some there")}");
            return gone.Count.ToString(CultureInfo.InvariantCulture);
        }

        private string Ask(string id)
        {
            world.Settle();
            var instance = world.Find(id);
            world.Counts.Add($"query: {instance?.Status.ToString() ?? "unknown"}");
            return instance?.Describe() ?? "unknown";
        }

        private string Wait(Action pass)
        {
            world.Settle();
            pass();
            return "ok";
        }
    }
}
