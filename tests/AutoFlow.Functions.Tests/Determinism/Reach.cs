using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>
/// All code that orchestrators can come to. A virtual call comes to every override, and a type that is used to every member that the
/// framework may call (ToString, Dispose, Compare): rather too much than too little.
/// </summary>
internal sealed class Reach
{
    private readonly AppCode _code;
    private readonly Func<ISymbol, bool> _leftOut;
    private readonly Queue<ISymbol> _next = new();
    private readonly Dictionary<ISymbol, ISymbol?> _cameFrom = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _types = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<ISymbol>> _overrides;
    private readonly List<(ISymbol Member, IOperation Body)> _bodies = [];

    /// <summary>Follows the orchestrators of the code.</summary>
    /// <param name="code">The sources.</param>
    /// <param name="leftOut">Members that are not looked into.</param>
    public Reach(AppCode code, Func<ISymbol, bool> leftOut)
    {
        _code = code;
        _leftOut = leftOut;
        _overrides = Overrides.Of(code.Types);
        foreach (var orchestrator in code.Types.SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>().Where(IsOrchestrator))
            Add(orchestrator, null);
        while (_next.TryDequeue(out var member))
            Follow(member);
    }

    /// <summary>The code of every member.</summary>
    public IReadOnlyList<(ISymbol Member, IOperation Body)> Bodies => _bodies;

    /// <summary>The members from an orchestrator to this one, by name.</summary>
    public string WayTo(ISymbol member)
    {
        var way = new List<string>();
        for (var at = member; at is not null && way.Count < 40; at = _cameFrom.GetValueOrDefault(at))
            way.Add($"{at.ContainingType.Name}.{at.Name}");
        way.Reverse();
        return string.Join(" > ", way.Count <= 5 ? way : [way[0], "…", .. way[^4..]]);
    }

    private static bool IsOrchestrator(IMethodSymbol method)
        => method.Parameters.Any(parameter => parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "OrchestrationTriggerAttribute"));

    private void Add(ISymbol? symbol, ISymbol? from)
    {
        symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        symbol = symbol?.OriginalDefinition;
        if (symbol is null or IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } || !_code.Has(symbol) && !_code.Has(symbol.ContainingType ?? symbol))
            return;
        if (_cameFrom.ContainsKey(symbol) || _leftOut(symbol) || (symbol.ContainingType is { } type && _leftOut(type)))
            return;
        _cameFrom.Add(symbol, from);
        _next.Enqueue(symbol);
    }

    private void Follow(ISymbol member)
    {
        Touch(member.ContainingType, member);
        foreach (var other in _overrides.GetValueOrDefault(member, []))
            Add(other, member);
        foreach (var node in member.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()))
        {
            foreach (var body in BodiesOf(node).Select(_code.OperationAt).OfType<IOperation>())
            {
                _bodies.Add((member, body));
                foreach (var operation in body.DescendantsAndSelf())
                {
                    foreach (var used in Uses.Of(operation))
                        Add(used, member);
                    // What a generic call makes, as from JSON.
                    foreach (var made in (operation as IInvocationOperation)?.TargetMethod.TypeArguments ?? [])
                        Touch(made as INamedTypeSymbol, member);
                }
            }
        }
    }

    /// <summary>A type that is used: what runs when it is made, and what the framework may call of it.</summary>
    private void Touch(INamedTypeSymbol? type, ISymbol from)
    {
        for (var at = type?.OriginalDefinition; at is not null && _code.Has(at) && _types.Add(at); at = at.BaseType?.OriginalDefinition)
        {
            foreach (var named in at.GetMembers().Append(at).SelectMany(one => one.GetAttributes()).SelectMany(attribute => attribute.ConstructorArguments))
            {
                // A converter, say.
                if (named is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol other })
                    Touch(other, from);
            }

            foreach (var member in at.GetMembers())
            {
                if (member is IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.StaticConstructor } || Overrides.OfFramework(member, _code))
                    Add(member, from);
            }
        }
    }

    /// <summary>The nodes of a declaration that have code. A field or a property counts with what it begins with.</summary>
    private static IEnumerable<SyntaxNode> BodiesOf(SyntaxNode declaration) => declaration switch
    {
        PropertyDeclarationSyntax { Initializer: { } initializer } => [initializer],
        PropertyDeclarationSyntax or IndexerDeclarationSyntax => [],
        VariableDeclaratorSyntax { Initializer: { } initializer } => [initializer],
        VariableDeclaratorSyntax or ParameterSyntax or EnumMemberDeclarationSyntax => [],
        // A primary constructor: what it hands to its base.
        TypeDeclarationSyntax type => type.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>() ?? [],
        CompilationUnitSyntax => [],
        _ => [declaration],
    };
}
