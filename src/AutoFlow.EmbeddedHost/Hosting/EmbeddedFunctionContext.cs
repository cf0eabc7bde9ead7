using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics;
using AutoFlow.EmbeddedHost.Triggers.Http;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>One run of a function in this host.</summary>
internal sealed class EmbeddedFunctionContext : FunctionContext
{
    public EmbeddedFunctionContext(FunctionDescriptor function, TriggerEvent triggerEvent, IServiceProvider services, CancellationToken ct)
    {
        Function = function;
        Event = triggerEvent;
        InstanceServices = services;
        CancellationToken = ct;
        if (triggerEvent.Http is { } http)
            Items[HttpEndpoints.HttpContextItem] = http;
    }

    /// <summary>The function.</summary>
    public FunctionDescriptor Function { get; }

    /// <summary>What started the run.</summary>
    public TriggerEvent Event { get; }

    /// <summary>What the function returned.</summary>
    public object? Result { get; set; }

    /// <inheritdoc/>
    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    /// <inheritdoc/>
    public override string FunctionId => Function.Id;

    /// <inheritdoc/>
    public override TraceContext TraceContext { get; } = new ActivityTrace(Activity.Current);

    /// <inheritdoc/>
    public override BindingContext BindingContext => new EventBinding(Event.BindingData);

    /// <inheritdoc/>
    public override RetryContext RetryContext => null!;

    /// <inheritdoc/>
    public override IServiceProvider InstanceServices { get; set; }

    /// <inheritdoc/>
    public override FunctionDefinition FunctionDefinition => new DescribedFunction(Function);

    /// <inheritdoc/>
    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    /// <inheritdoc/>
    public override IInvocationFeatures Features { get; } = new InvocationFeatures();

    /// <inheritdoc/>
    public override CancellationToken CancellationToken { get; }

    private sealed class ActivityTrace(Activity? activity) : TraceContext
    {
        public override string TraceParent => activity?.Id ?? string.Empty;

        public override string TraceState => activity?.TraceStateString ?? string.Empty;
    }

    private sealed class EventBinding(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class InvocationFeatures : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> _features = [];

        public void Set<T>(T instance) => _features[typeof(T)] = instance!;

        public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class DescribedFunction(FunctionDescriptor function) : FunctionDefinition
    {
        public override ImmutableArray<FunctionParameter> Parameters =>
            [.. function.Parameters.Select(static binding => new FunctionParameter(binding.Parameter.Name!, binding.Parameter.ParameterType))];

        public override string PathToAssembly => function.Method.Module.Assembly.Location;

        public override string EntryPoint => function.EntryPoint;

        public override string Id => function.Id;

        public override string Name => function.Name;

        public override IImmutableDictionary<string, BindingMetadata> InputBindings => function.Parameters
            .Where(static binding => binding.Source is ParameterSource.Trigger or ParameterSource.HttpRequest or ParameterSource.Body)
            .ToImmutableDictionary(
                static binding => binding.Parameter.Name!,
                BindingMetadata (binding) => new Binding(binding.Parameter.Name!, function.Trigger.BindingType, BindingDirection.In));

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings => function.Outputs.ToImmutableDictionary(
            static output => output.Property?.Name ?? "$return",
            static BindingMetadata (output) => new Binding(output.Property?.Name ?? "$return", "queue", BindingDirection.Out));
    }

    private sealed class Binding(string name, string type, BindingDirection direction) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => type;

        public override BindingDirection Direction => direction;
    }
}
