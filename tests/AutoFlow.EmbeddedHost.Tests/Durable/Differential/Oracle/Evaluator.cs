using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;

/// <summary>What one message to an instance leads to.</summary>
internal sealed class Evaluator(World world, Random? choice)
{
    /// <summary>Takes the next message of an instance. A termination may overtake what waits before it.</summary>
    public void Take(Instance instance)
    {
        var index = instance.Inbox.FindIndex(message => message is Message.Terminate);
        if (index > 0 && instance.Status != OrchestrationRuntimeStatus.Pending && choice?.Next(2) != 1)
            index = 0;
        index = Math.Max(0, index);
        var message = instance.Inbox[index];
        instance.Inbox.RemoveAt(index);
        if (instance.Status == OrchestrationRuntimeStatus.Pending && message is not Message.Terminate)
            instance.Status = OrchestrationRuntimeStatus.Running;
        Receive(instance, message);
    }

    private void Receive(Instance instance, Message message)
    {
        switch (message)
        {
            case Message.Terminate terminate:
                Terminate(instance, terminate.Recursive);
                break;
            case Message.Suspend:
                world.Counts.Add(instance.IsSuspended ? "suspend again" : "suspend");
                instance.IsSuspended = true;
                instance.Status = OrchestrationRuntimeStatus.Suspended;
                break;
            case Message.Resume:
                world.Counts.Add(instance.IsSuspended ? $"resume with {(instance.Held.Count > 0 ? "something" : "nothing")} held" : "resume what runs");
                instance.IsSuspended = false;
                instance.Status = OrchestrationRuntimeStatus.Running;
                while (instance.Held.TryDequeue(out var held) && !instance.IsFinished)
                    Handle(instance, held);
                break;
            case not null when instance.IsSuspended:
                instance.Held.Enqueue(message);
                break;
            default:
                Handle(instance, message!);
                break;
        }
    }

    private void Handle(Instance instance, Message message)
    {
        switch (message)
        {
            case Message.Begin begin:
                Begin(instance, begin);
                break;
            case Message.Answer answer:
                answer.To.End(answer.Result);
                break;
            case Message.Event raised when instance.Generation is { } generation:
                var listener = generation.Listeners.FindLastIndex(each => each.Name == raised.Name);
                if (listener < 0)
                {
                    generation.Unclaimed.Add((raised.Name, raised.Payload));
                    break;
                }

                var wait = generation.Listeners[listener].Wait;
                generation.Listeners.RemoveAt(listener);
                wait.End(Result.Ok(raised.Payload));
                break;
            case Message.Event raised:
                world.Counts.Add("event before the start");
                instance.Early.Add((raised.Name, raised.Payload));
                break;
        }
    }

    private void Begin(Instance instance, Message.Begin begin)
    {
        var generation = new Generation(instance);
        instance.Generation = generation;
        generation.Unclaimed.AddRange(begin.Carried);
        generation.Unclaimed.AddRange(instance.Early);
        instance.Early.Clear();
        new Steps(world, generation).Run(begin.Plan.Body, result =>
        {
            if (result.Failure is { } failure)
            {
                world.Counts.Add("orchestration failed");
                End(instance, OrchestrationRuntimeStatus.Failed, null, failure, result);
                return;
            }

            List<string> done = [.. begin.Done, result.Value!];
            if (begin.Round == begin.Plan.Loops)
            {
                var output = string.Join(';', done);
                world.Counts.Add("orchestration completed");
                End(instance, OrchestrationRuntimeStatus.Completed, output, null, Result.Ok(output));
                return;
            }

            StartOver(instance, begin, done);
        });
    }

    private void StartOver(Instance instance, Message.Begin begin, List<string> done)
    {
        var generation = instance.Generation!;
        generation.IsAlive = false;
        List<(string Name, string Payload)> carried = begin.Plan.Preserve ? [.. generation.Unclaimed] : [];
        if (begin.Plan.Preserve)
            carried.AddRange(instance.Held.OfType<Message.Event>().Select(raised => (raised.Name, raised.Payload)));
        instance.Held.Clear();
        world.Counts.Add($"start over, events {(generation.Unclaimed.Count == 0 ? "none" : begin.Plan.Preserve ? "carried" : "dropped")}");

        // An event that has come by the end of the turn belongs to the old generation.
        while (!begin.Plan.Preserve && choice?.Next(2) == 1 && instance.Inbox.Count > 0 && instance.Inbox[0] is Message.Event or Message.Answer)
            instance.Inbox.RemoveAt(0);

        instance.Inbox.Insert(0, new Message.Begin(begin.Plan, begin.Round + 1, done, carried));
    }

    private void Terminate(Instance instance, bool recursive)
    {
        world.Counts.Add(instance.Status == OrchestrationRuntimeStatus.Pending ? "terminate before the start" : "terminate");
        End(instance, OrchestrationRuntimeStatus.Terminated, "stopped", null, Result.Failed(Failures.Terminated));
        if (!recursive)
            return;
        foreach (var child in world.Instances.Where(each => each.Parent == instance && !each.IsFinished))
        {
            world.Counts.Add("terminate a child along");
            World.Deliver(child, new Message.Terminate(true));
        }
    }

    private static void End(Instance instance, OrchestrationRuntimeStatus status, string? output, string? failure, Result answer)
    {
        instance.Status = status;
        instance.Output = output;
        instance.Failure = failure;
        instance.Inbox.Clear();
        instance.Held.Clear();
        if (instance.Generation is { } generation)
            generation.IsAlive = false;
        if (instance.Caller is { } caller && caller.Generation.IsAlive)
            World.Deliver(caller.Generation.Instance, new Message.Answer(caller, answer));
    }
}
