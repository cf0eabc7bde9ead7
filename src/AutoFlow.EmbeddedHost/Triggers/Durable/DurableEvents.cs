using System.Collections.Concurrent;
using System.Reflection;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Hosting;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Triggers.Durable;

/// <summary>An orchestration takes a turn.</summary>
/// <param name="Context">The orchestration.</param>
internal sealed record OrchestrationEvent(TaskOrchestrationContext Context) : TriggerEvent("orchestration")
{
    private static readonly ConcurrentDictionary<Type, MethodInfo> Readers = new();

    /// <inheritdoc/>
    public override ValueTask<object?> BindAsync(ParameterInfo parameter, ParameterSource source, CancellationToken ct) =>
        new(source == ParameterSource.Trigger ? Context : Input(parameter.ParameterType));

    private object? Input(Type type)
    {
        var reader = Readers.GetOrAdd(
            type, static input => typeof(TaskOrchestrationContext).GetMethod(nameof(TaskOrchestrationContext.GetInput))!.MakeGenericMethod(input));
        return reader.Invoke(Context, BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, culture: null);
    }
}

/// <summary>An orchestration calls an activity.</summary>
/// <param name="Call">The call.</param>
internal sealed record ActivityEvent(ActivityInvocation Call) : TriggerEvent($"activity of {Call.InstanceId}")
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> BindingData => new Dictionary<string, object?>
    {
        ["instanceId"] = Call.InstanceId,
        ["data"] = Call.InputJson,
    };

    /// <inheritdoc/>
    public override ValueTask<object?> BindAsync(ParameterInfo parameter, ParameterSource source, CancellationToken ct)
    {
        var type = parameter.ParameterType;
        if (Call.InputJson is null)
            return new ValueTask<object?>(type.IsValueType ? Activator.CreateInstance(type) : null);
        return new ValueTask<object?>(FromJson(Call.InputJson, parameter));
    }
}
