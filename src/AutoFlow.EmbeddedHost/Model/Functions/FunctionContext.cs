namespace Microsoft.Azure.Functions.Worker;

/// <summary>One run of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>The id of this run, unique to it.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The id of the function, the same in every run.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The distributed trace that this run belongs to.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>What the trigger tells beside its value.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>The state of a function-level retry policy; null without one.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The services of this run's scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function that runs.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Data shared within this run.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>The features of this run.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Cancelled when the run has to end: the host stops, the caller has gone, or the function's time is over.</summary>
    public virtual CancellationToken CancellationToken { get; }
}

/// <summary>What a trigger tells beside its value.</summary>
public abstract class BindingContext
{
    /// <summary>The trigger's data by name: route values, queue message properties.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

/// <summary>The distributed trace that a run belongs to (W3C Trace Context).</summary>
public abstract class TraceContext
{
    /// <summary>The traceparent; empty when nothing is traced.</summary>
    public abstract string TraceParent { get; }

    /// <summary>The tracestate; empty when there is none.</summary>
    public abstract string TraceState { get; }

    /// <summary>Attributes of the trace.</summary>
    public virtual IReadOnlyDictionary<string, string> Attributes => new Dictionary<string, string>();
}

/// <summary>The state of a function-level retry policy.</summary>
public abstract class RetryContext
{
    /// <summary>How many times this event has been tried again.</summary>
    public abstract int RetryCount { get; }

    /// <summary>How many times it will be tried again at the most.</summary>
    public abstract int MaxRetryCount { get; }
}

/// <summary>Features of one run, by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Sets a feature.</summary>
    /// <typeparam name="T">The feature's type.</typeparam>
    /// <param name="instance">The feature.</param>
    void Set<T>(T instance);

    /// <summary>Gets a feature; null when it was not set.</summary>
    /// <typeparam name="T">The feature's type.</typeparam>
    T? Get<T>();
}
