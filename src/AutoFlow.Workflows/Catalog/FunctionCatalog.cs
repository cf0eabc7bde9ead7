namespace AutoFlow.Workflows.Catalog;

/// <summary>An argument of a function.</summary>
/// <param name="Name">The name as it stands under <c>with</c>.</param>
/// <param name="Required">Whether every call must give it.</param>
public sealed record FunctionParameter(string Name, bool Required);

/// <summary>What a call of a function is checked against when a definition is loaded.</summary>
/// <param name="Name">The name as it stands after <c>call</c>.</param>
/// <param name="Parameters">The arguments the function knows.</param>
/// <param name="Summary">What the function does, in a sentence; null where nobody wrote one.</param>
public sealed record FunctionSignature(string Name, IReadOnlyList<FunctionParameter> Parameters, string? Summary = null)
{
    /// <summary>True where the arguments are not known, and so not checked.</summary>
    public bool TakesAnything { get; init; }
}

/// <summary>The functions workflows may call: the default catalog (OWS dsl.md, "Default Catalog").</summary>
public interface IFunctionCatalog
{
    /// <summary>Every function's name.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The function's signature; null when there is no such function.</summary>
    FunctionSignature? Find(string name);
}

/// <summary>A function catalog held in memory.</summary>
public sealed class FunctionCatalog : IFunctionCatalog
{
    private readonly SortedDictionary<string, FunctionSignature> _functions = new(StringComparer.Ordinal);

    /// <summary>A catalog of these functions.</summary>
    /// <exception cref="ArgumentException">Two functions have the same name.</exception>
    public FunctionCatalog(IEnumerable<FunctionSignature> functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        foreach (var function in functions) _functions.Add(function.Name, function);
    }

    /// <summary>A catalog without functions.</summary>
    public static FunctionCatalog Empty { get; } = new([]);

    /// <inheritdoc />
    public IReadOnlyCollection<string> Names => _functions.Keys;

    /// <summary>A catalog of names whose arguments are not checked.</summary>
    public static FunctionCatalog FromNames(params IEnumerable<string> names) =>
        new(names.Select(static name => new FunctionSignature(name, []) { TakesAnything = true }));

    /// <inheritdoc />
    public FunctionSignature? Find(string name) => _functions.GetValueOrDefault(name);
}
