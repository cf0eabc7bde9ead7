using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>The members that one operation uses.</summary>
internal static class Uses
{
    public static IEnumerable<ISymbol?> Of(IOperation operation) => operation switch
    {
        IInvocationOperation call => [call.TargetMethod],
        IObjectCreationOperation made => [made.Constructor],
        IPropertyReferenceOperation property => [property.Property, property.Property.GetMethod, property.Property.SetMethod],
        IMethodReferenceOperation method => [method.Method],
        IFieldReferenceOperation { Field.IsConst: false } field => [field.Field],
        IFieldReferenceOperation { Field.ContainingType.TypeKind: TypeKind.Enum } field => [field.Field],
        IBinaryOperation binary => [binary.OperatorMethod],
        IUnaryOperation unary => [unary.OperatorMethod],
        IConversionOperation conversion => [conversion.OperatorMethod],
        ICompoundAssignmentOperation assignment => [assignment.OperatorMethod],
        IIncrementOrDecrementOperation increment => [increment.OperatorMethod],
        IForEachLoopOperation loop => OfLoop(loop),
        _ => [],
    };

    private static IEnumerable<ISymbol?> OfLoop(IForEachLoopOperation loop)
    {
        if (loop.Syntax is not CommonForEachStatementSyntax syntax || loop.SemanticModel is not { } model)
            return [];
        var info = model.GetForEachStatementInfo(syntax);
        return [info.GetEnumeratorMethod, info.MoveNextMethod, info.CurrentProperty?.GetMethod, info.DisposeMethod];
    }
}
