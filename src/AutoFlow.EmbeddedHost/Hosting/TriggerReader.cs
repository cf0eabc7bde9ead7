using System.Reflection;
using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Triggers.Queue;
using AutoFlow.EmbeddedHost.Triggers.Timer;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>Reads the trigger of a method. Every fault is a <see cref="FormatException"/> whose message is the reason.</summary>
internal static class TriggerReader
{
    /// <summary>The trigger and its parameter.</summary>
    /// <param name="method">The method.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="setting">Finds a setting; null when it is not there.</param>
    /// <exception cref="FormatException">There is no trigger, more than one, or one that cannot be used.</exception>
    public static (FunctionTrigger Trigger, ParameterInfo Parameter) Read(MethodInfo method, string name, Func<string, string?> setting)
    {
        var triggers = method.GetParameters()
            .SelectMany(static parameter => parameter.GetCustomAttributes().Select(attribute => (parameter, attribute)))
            .Where(static found => IsTrigger(found.attribute))
            .ToList();
        if (triggers.Count == 0)
        {
            throw new FormatException(
                "the function has no trigger; mark a parameter with [HttpTrigger], [QueueTrigger], [TimerTrigger], [OrchestrationTrigger] or [ActivityTrigger]");
        }

        if (triggers.Count > 1)
        {
            throw new FormatException(
                $"the function has {triggers.Count} triggers (parameters {string.Join(", ", triggers.Select(static found => found.parameter.Name))}); a function has one");
        }

        var (parameter, attribute) = triggers[0];
        try
        {
            return (Trigger(attribute, parameter, name, setting), parameter);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"parameter '{parameter.Name}': {fault.Message}", fault);
        }
    }

    /// <summary>A queue's name, settings replaced.</summary>
    /// <param name="text">The name as written.</param>
    /// <param name="setting">Finds a setting; null when it is not there.</param>
    /// <exception cref="FormatException">The name is not valid.</exception>
    public static string Queue(string text, Func<string, string?> setting)
    {
        var name = SettingNames.Resolve(text, setting);
        return QueueName.Fault(name) is { } fault ? throw new FormatException($"the queue name '{name}' is not valid: {fault}") : name;
    }

    private static string Listened(string text, Func<string, string?> setting)
    {
        var name = Queue(text, setting);
        return name.EndsWith(PoisonQueue.Suffix, StringComparison.Ordinal) || QueueName.Fault(name + PoisonQueue.Suffix) is null
            ? name
            : throw new FormatException($"the queue name '{name}' leaves no room for its poison queue '{name}{PoisonQueue.Suffix}' (63 characters); shorten it");
    }

    private static bool IsTrigger(Attribute attribute) =>
        attribute is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute or OrchestrationTriggerAttribute or ActivityTriggerAttribute;

    private static FunctionTrigger Trigger(Attribute attribute, ParameterInfo parameter, string name, Func<string, string?> setting) =>
        attribute switch
        {
            HttpTriggerAttribute http => new HttpTrigger(
                Route(http.Route ?? name), [.. (http.Methods ?? []).Select(static method => method.ToUpperInvariant())], http.AuthLevel),
            QueueTriggerAttribute queue => new QueueTrigger(Listened(queue.QueueName, setting), queue.Connection),
            TimerTriggerAttribute timer when Requires<TimerInfo>(parameter) => Timer(timer, setting),
            OrchestrationTriggerAttribute orchestration when Requires<TaskOrchestrationContext>(parameter) =>
                new OrchestrationTrigger(orchestration.Orchestration ?? name),
            ActivityTriggerAttribute activity => new ActivityTrigger(activity.Activity ?? name),
            _ => throw new InvalidOperationException($"{attribute.GetType().Name} is no trigger."),
        };

    private static bool Requires<T>(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(T)
            ? true
            : throw new FormatException($"its type is {parameter.ParameterType.Name}, it must be {typeof(T).Name}");

    private static TimerTrigger Timer(TimerTriggerAttribute timer, Func<string, string?> setting)
    {
        var expression = SettingNames.Resolve(timer.Schedule, setting);
        try
        {
            return new TimerTrigger(TimerSchedule.Parse(expression), expression, timer.RunOnStartup, timer.UseMonitor);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"the schedule \"{expression}\" cannot be read: {fault.Message}", fault);
        }
    }

    private static string Route(string route)
    {
        var trimmed = route.Trim('/');
        try
        {
            _ = RoutePatternFactory.Parse(trimmed);
            return trimmed;
        }
        catch (RoutePatternException fault)
        {
            throw new FormatException($"the route \"{route}\" cannot be read: {fault.Message.TrimEnd('.')}", fault);
        }
    }
}
