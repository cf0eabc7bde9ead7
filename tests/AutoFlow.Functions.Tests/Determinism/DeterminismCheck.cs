using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>Looks for what a replay would not find again, in all code that orchestrators come to.</summary>
internal static class DeterminismCheck
{
    /// <summary>What is found, in the order of the files.</summary>
    /// <param name="reach">The code.</param>
    public static IReadOnlyList<Finding> Of(Reach reach) => [.. reach.Bodies
        .SelectMany(one => one.Body.DescendantsAndSelf().SelectMany(Broken).Select(broken => At(reach, one.Member, broken.Rule, broken.What, broken.Where)))
        .Distinct()
        .OrderBy(finding => finding.File, StringComparer.Ordinal)
        .ThenBy(finding => finding.Line)];

    private static IEnumerable<(Rule Rule, string What, IOperation Where)> Broken(IOperation operation)
    {
        foreach (var used in Uses.Of(operation).OfType<ISymbol>().Where(used => used is not IMethodSymbol { AssociatedSymbol: not null }))
        {
            if (BannedMembers.RuleOf(used) is { } rule && !IsHashOfHash(operation, used))
                yield return (rule, $"{used.ContainingType.Name}.{(used.Name == ".ctor" ? "new" : used.Name)}", operation);
        }

        if (operation is IForEachLoopOperation loop && Bare(loop.Collection) is { } walked && Unordered.Is(walked))
            yield return (Rule.Order, Name(walked), loop.Collection);
        if (operation is ISpreadOperation spread && Bare(spread.Operand) is { } spreadOut && Unordered.Is(spreadOut))
            yield return (Rule.Order, Name(spreadOut), spread);
        if (operation is IConversionOperation { IsImplicit: true, Type: { } sequence } conversion
            && IsSequence(sequence) && Unordered.Is(conversion.Operand) && conversion.Parent is not (IForEachLoopOperation or ISpreadOperation) && Unordered.IsOrderSeen(conversion))
        {
            yield return (Rule.Order, Name(conversion.Operand), conversion);
        }
    }

    /// <summary>A hash code may be made of hash codes: what counts is who asks.</summary>
    private static bool IsHashOfHash(IOperation operation, ISymbol used)
        => (used.Name == "GetHashCode" || used.ContainingType.Name == "HashCode")
            && operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart)?.Name == "GetHashCode";

    private static bool IsSequence(ITypeSymbol type)
        => type.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_IEnumerable
            or SpecialType.System_Collections_Generic_ICollection_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T;

    private static IOperation Bare(IOperation operation)
        => operation is IConversionOperation { IsImplicit: true } conversion ? Bare(conversion.Operand) : operation;

    private static string Name(IOperation value) => $"'{value.Syntax}' ({value.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)})";

    private static Finding At(Reach reach, ISymbol member, Rule rule, string what, IOperation where)
    {
        var place = where.Syntax.GetLocation().GetLineSpan();
        return new Finding(rule, place.Path, place.StartLinePosition.Line + 1, DocumentationId(member), what, reach.WayTo(member));
    }

    /// <summary>Of an accessor, its property's.</summary>
    private static string DocumentationId(ISymbol member)
        => ((member as IMethodSymbol)?.AssociatedSymbol ?? member).GetDocumentationCommentId() ?? member.ToDisplayString();
}
