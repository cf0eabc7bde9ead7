using System.Collections.Immutable;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A function as the host knows it.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The method's parameters.</summary>
    public abstract ImmutableArray<FunctionParameter> Parameters { get; }

    /// <summary>The assembly's file; empty when it has none.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary>The method, as Namespace.Type.Method.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>The id, the same at every start.</summary>
    public abstract string Id { get; }

    /// <summary>The name.</summary>
    public abstract string Name { get; }

    /// <summary>The bindings that fill parameters, by name.</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    /// <summary>The bindings that take results, by name.</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }
}

/// <summary>A parameter of a function.</summary>
/// <param name="name">The name.</param>
/// <param name="type">The type.</param>
/// <param name="properties">Properties of the parameter.</param>
public class FunctionParameter(string name, Type type, IReadOnlyDictionary<string, object> properties)
{
    /// <summary>A parameter without properties.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type.</param>
    public FunctionParameter(string name, Type type)
        : this(name, type, ImmutableDictionary<string, object>.Empty)
    {
    }

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The type.</summary>
    public Type Type { get; } = type;

    /// <summary>Properties of the parameter.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; } = properties;
}

/// <summary>Which way a binding carries data.</summary>
public enum BindingDirection
{
    /// <summary>To the function.</summary>
    In,

    /// <summary>From the function.</summary>
    Out,
}

/// <summary>A binding of a function.</summary>
public abstract class BindingMetadata
{
    /// <summary>The binding's name.</summary>
    public abstract string Name { get; }

    /// <summary>The binding's type, such as "httpTrigger".</summary>
    public abstract string Type { get; }

    /// <summary>Which way it carries data.</summary>
    public abstract BindingDirection Direction { get; }
}
