using Microsoft.CodeAnalysis;

namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>Which members stand behind a virtual one.</summary>
internal static class Overrides
{
    /// <summary>The members that override or implement each one, directly.</summary>
    public static Dictionary<ISymbol, List<ISymbol>> Of(IEnumerable<INamedTypeSymbol> types)
    {
        var all = new Dictionary<ISymbol, List<ISymbol>>(SymbolEqualityComparer.Default);
        foreach (var type in types)
        {
            foreach (var member in type.GetMembers())
                Note(Overridden(member), member);
            foreach (var (declared, member) in Implemented(type))
                Note(declared, member);
        }

        return all;

        void Note(ISymbol? declared, ISymbol member)
        {
            if (declared is null)
                return;
            if (!all.TryGetValue(declared.OriginalDefinition, out var members))
                all.Add(declared.OriginalDefinition, members = []);
            members.Add(member.OriginalDefinition);
        }
    }

    /// <summary>Whether a member overrides or implements one of the framework, which may call it.</summary>
    public static bool OfFramework(ISymbol member, AppCode code)
    {
        for (var at = Overridden(member); at is not null; at = Overridden(at))
        {
            if (!code.Has(at))
                return true;
        }

        return Implemented(member.ContainingType).Any(pair => SymbolEqualityComparer.Default.Equals(pair.Member, member) && !code.Has(pair.Declared));
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    private static IEnumerable<(ISymbol Declared, ISymbol Member)> Implemented(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
            yield break;
        foreach (var declared in type.AllInterfaces.SelectMany(one => one.GetMembers()))
        {
            if (type.FindImplementationForInterfaceMember(declared) is { } member)
                yield return (declared, member);
        }
    }
}
