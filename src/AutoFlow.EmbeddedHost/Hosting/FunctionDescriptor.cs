using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using AutoFlow.EmbeddedHost.Triggers.Timer;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>A function that was found and can run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">Its method.</param>
/// <param name="Trigger">What starts it.</param>
/// <param name="Parameters">Where each parameter comes from, in the method's order.</param>
/// <param name="Outputs">Where its result goes.</param>
internal sealed record FunctionDescriptor(
    string Name,
    MethodInfo Method,
    FunctionTrigger Trigger,
    IReadOnlyList<ParameterBinding> Parameters,
    IReadOnlyList<OutputBinding> Outputs)
{
    /// <summary>The method, as Namespace.Type.Method.</summary>
    public string EntryPoint { get; } = $"{Method.DeclaringType!.FullName}.{Method.Name}";

    private readonly Lazy<MethodInvoker> _invoker = new(() => MethodInvoker.Create(Method));
    private readonly Lazy<ObjectFactory> _maker = new(() => Maker(Method.DeclaringType!));

    /// <summary>The category of its logs.</summary>
    public string LogCategory { get; } = $"Function.{Name}";

    /// <summary>Makes its class from what a scope has; null for a static method.</summary>
    public object? Make(IServiceProvider services) => Method.IsStatic ? null : _maker.Value(services, []);

    /// <summary>Calls its method. What that throws comes as it is.</summary>
    public object? Call(object? instance, Span<object?> arguments) => _invoker.Value.Invoke(instance, arguments);

    // A factory is compiled once; among several constructors only the services decide, each time.
    private static ObjectFactory Maker(Type type) => type.GetConstructors().Length == 1
        ? ActivatorUtilities.CreateFactory(type, Type.EmptyTypes)
        : (services, _) => ActivatorUtilities.CreateInstance(services, type);

    /// <summary>The id: the same at every start.</summary>
    public string Id { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Name} {Method.DeclaringType!.FullName}.{Method.Name}")))[..16];
}

/// <summary>What starts a function.</summary>
/// <param name="BindingType">The trigger's name in Functions' metadata, such as "httpTrigger".</param>
internal abstract record FunctionTrigger(string BindingType);

/// <summary>An HTTP request.</summary>
/// <param name="Route">The route below the prefix, without a slash before it.</param>
/// <param name="Methods">The methods, upper case; empty for all.</param>
/// <param name="Level">Who may call.</param>
internal sealed record HttpTrigger(string Route, IReadOnlyList<string> Methods, AuthorizationLevel Level) : FunctionTrigger("httpTrigger");

/// <summary>A queue message.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Connection">The connection setting; null for the default.</param>
internal sealed record QueueTrigger(string Queue, string? Connection) : FunctionTrigger("queueTrigger");

/// <summary>A schedule.</summary>
/// <param name="Schedule">When.</param>
/// <param name="Expression">The schedule as text, settings replaced.</param>
/// <param name="RunOnStartup">Whether it also runs at start.</param>
/// <param name="UseMonitor">Whether missed occurrences are made up for.</param>
internal sealed record TimerTrigger(TimerSchedule Schedule, string Expression, bool RunOnStartup, bool UseMonitor)
    : FunctionTrigger("timerTrigger");

/// <summary>The durable engine asks for a turn of an orchestration.</summary>
/// <param name="Orchestrator">The orchestrator's name.</param>
internal sealed record OrchestrationTrigger(string Orchestrator) : FunctionTrigger("orchestrationTrigger");

/// <summary>An orchestration calls an activity.</summary>
/// <param name="Activity">The activity's name.</param>
internal sealed record ActivityTrigger(string Activity) : FunctionTrigger("activityTrigger");

/// <summary>A parameter and where its value comes from.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Source">Where from.</param>
internal sealed record ParameterBinding(ParameterInfo Parameter, ParameterSource Source);

/// <summary>Where a parameter's value comes from.</summary>
internal enum ParameterSource
{
    /// <summary>The trigger's value.</summary>
    Trigger,

    /// <summary>The run's context.</summary>
    FunctionContext,

    /// <summary>The run's cancellation.</summary>
    CancellationToken,

    /// <summary>The client of the durable engine.</summary>
    DurableClient,

    /// <summary>The HTTP request.</summary>
    HttpRequest,

    /// <summary>The JSON body of the HTTP request.</summary>
    Body,

    /// <summary>A value of the route, else of the query, of the same name.</summary>
    RouteOrQuery,

    /// <summary>The orchestration's input.</summary>
    OrchestrationInput,
}

/// <summary>A queue that takes what a function returns.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Connection">The connection setting; null for the default.</param>
/// <param name="Property">The result's property; null for the result itself.</param>
internal sealed record OutputBinding(string Queue, string? Connection, PropertyInfo? Property);
