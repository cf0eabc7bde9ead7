using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>Collections whose elements come in no order that holds from run to run, and uses that do not mind.</summary>
internal static class Unordered
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "System.Collections.Generic.Dictionary",
        "System.Collections.Generic.HashSet",
        "System.Collections.Generic.IDictionary",
        "System.Collections.Generic.IReadOnlyDictionary",
        "System.Collections.Generic.ISet",
        "System.Collections.Generic.IReadOnlySet",
        "System.Collections.Hashtable",
        "System.Collections.Concurrent.ConcurrentDictionary",
        "System.Collections.Concurrent.ConcurrentBag",
        "System.Collections.Frozen.FrozenDictionary",
        "System.Collections.Frozen.FrozenSet",
        "System.Collections.Immutable.ImmutableDictionary",
        "System.Collections.Immutable.ImmutableHashSet",
        "System.Collections.Immutable.IImmutableDictionary",
        "System.Collections.Immutable.IImmutableSet",
    };

    /// <summary>What asks for elements and gives the same in whatever order they come.</summary>
    private static readonly HashSet<string> Indifferent = new(StringComparer.Ordinal)
    {
        "Any", "All", "Count", "LongCount", "Contains", "Sum", "Min", "Max", "Order", "OrderDescending", "OrderBy", "OrderByDescending",
        "ToDictionary", "ToHashSet", "ToFrozenDictionary", "ToFrozenSet", "ToImmutableDictionary", "ToImmutableHashSet", "ToImmutableSortedDictionary",
        "ToImmutableSortedSet", "SetEquals", "IsSubsetOf", "IsSupersetOf", "IsProperSubsetOf", "IsProperSupersetOf", "Overlaps", "UnionWith", "ExceptWith",
        "IntersectWith", "SymmetricExceptWith", "GetValueOrDefault",
    };

    /// <summary>Whether elements of this type come in no order; keys and values of a dictionary are as it is.</summary>
    public static bool Is(ITypeSymbol? type)
    {
        if (type?.OriginalDefinition is not INamedTypeSymbol named)
            return false;
        var outer = named.ContainingType is { } containing && named.Name is "KeyCollection" or "ValueCollection" ? named.ContainingType : named;
        return Types.Contains($"{outer!.ContainingNamespace.ToDisplayString()}.{outer.Name}");
    }

    /// <summary>Whether a value is such a collection, also where it is the keys or values that an interface gives.</summary>
    public static bool Is(IOperation value)
        => Is(value.Type) || (value is IPropertyReferenceOperation { Property.Name: "Keys" or "Values" } property && Is(property.Property.ContainingType));

    /// <summary>Whether what receives the elements minds their order.</summary>
    /// <param name="conversion">The conversion from the collection to a sequence of elements.</param>
    public static bool IsOrderSeen(IOperation conversion) => conversion.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation call } => !Indifferent.Contains(call.TargetMethod.Name),
        IArgumentOperation { Parent: IObjectCreationOperation made } => !(Is(made.Type) || made.Type?.Name.StartsWith("Sorted", StringComparison.Ordinal) == true),
        _ => true,
    };
}
