using System.ComponentModel;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>Decides where each parameter of a function comes from.</summary>
internal static class ParameterPlan
{
    /// <summary>The plan of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="trigger">Its trigger.</param>
    /// <param name="triggered">The trigger's parameter.</param>
    /// <exception cref="FormatException">A parameter cannot be bound; the message is the reason.</exception>
    public static IReadOnlyList<ParameterBinding> For(MethodInfo method, FunctionTrigger trigger, ParameterInfo triggered)
    {
        var plan = method.GetParameters()
            .Select(parameter => new ParameterBinding(parameter, Source(parameter, trigger, parameter == triggered)))
            .ToList();
        var inputs = plan.Where(static binding => binding.Source == ParameterSource.OrchestrationInput).ToList();
        return inputs.Count <= 1
            ? plan
            : throw new FormatException(
                $"parameters '{string.Join("', '", inputs.Select(static binding => binding.Parameter.Name))}': an orchestration has one input; put them into one type");
    }

    /// <summary>Whether a type can be read from one text, such as a route value.</summary>
    /// <param name="type">The type.</param>
    public static bool IsSimple(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsPrimitive || bare.IsEnum || (bare.Namespace == nameof(System) && TypeDescriptor.GetConverter(bare).CanConvertFrom(typeof(string)));
    }

    private static ParameterSource Source(ParameterInfo parameter, FunctionTrigger trigger, bool isTrigger)
    {
        var type = parameter.ParameterType;
        if (type.IsByRef)
            throw Fault(parameter, "ref, in and out are not bound; take a value");
        if (Has(parameter, "DurableClientAttribute"))
        {
            if (type != typeof(DurableTaskClient))
                throw Fault(parameter, $"[DurableClient] needs the type DurableTaskClient, not {type.Name}");
            return trigger is OrchestrationTrigger
                ? throw Fault(parameter, "an orchestrator must be deterministic and has no client; call it in an activity")
                : ParameterSource.DurableClient;
        }

        if (isTrigger)
            return Trigger(parameter, trigger);
        if (type == typeof(FunctionContext))
            return ParameterSource.FunctionContext;
        if (type == typeof(CancellationToken))
            return ParameterSource.CancellationToken;
        return trigger switch
        {
            OrchestrationTrigger => ParameterSource.OrchestrationInput,
            HttpTrigger => Http(parameter),
            _ => throw Fault(parameter, $"its type {type.Name} cannot be bound; take FunctionContext, CancellationToken or [DurableClient] DurableTaskClient, and services in the constructor"),
        };
    }

    private static ParameterSource Trigger(ParameterInfo parameter, FunctionTrigger trigger)
    {
        var type = parameter.ParameterType;
        if (trigger is HttpTrigger)
            return type == typeof(HttpRequest) ? ParameterSource.HttpRequest : ParameterSource.Body;
        var readable = trigger is not (QueueTrigger or ActivityTrigger) || !typeof(Delegate).IsAssignableFrom(type);
        return readable && !typeof(Stream).IsAssignableFrom(type)
            ? ParameterSource.Trigger
            : throw Fault(parameter, $"its type {type.Name} cannot be read; take a string, BinaryData, byte[] or a type of your own");
    }

    private static ParameterSource Http(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(HttpRequest))
            return ParameterSource.HttpRequest;
        if (Has(parameter, "FromBodyAttribute"))
            return ParameterSource.Body;
        return IsSimple(parameter.ParameterType)
            ? ParameterSource.RouteOrQuery
            : throw Fault(parameter, $"its type {parameter.ParameterType.Name} cannot be read from the route or the query; mark it with [FromBody] or inject it in the constructor");
    }

    // By name: [FromBody] is both Microsoft.Azure.Functions.Worker.Http's and MVC's, and the durable attributes have no common base.
    private static bool Has(ParameterInfo parameter, string attribute) =>
        parameter.GetCustomAttributes().Any(found => found.GetType().Name == attribute);

    private static FormatException Fault(ParameterInfo parameter, string reason) => new($"parameter '{parameter.Name}': {reason}");
}
