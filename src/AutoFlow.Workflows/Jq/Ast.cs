namespace AutoFlow.Workflows.Jq;

/// <summary>A parsed expression.</summary>
internal abstract record Ast(int Offset);

internal sealed record IdentityAst(int Offset) : Ast(Offset);

internal sealed record LiteralAst(int Offset, JqValue Value) : Ast(Offset);

internal sealed record VariableAst(int Offset, string Name) : Ast(Offset);

/// <summary>A string; the parts are literals or interpolations, which the format (null is text) turns into strings.</summary>
internal sealed record StringAst(int Offset, string? Format, IReadOnlyList<Ast> Parts) : Ast(Offset);

internal sealed record FormatAst(int Offset, string Name) : Ast(Offset);

internal sealed record IndexAst(int Offset, Ast Term, Ast Key) : Ast(Offset);

internal sealed record SliceAst(int Offset, Ast Term, Ast? From, Ast? To) : Ast(Offset);

internal sealed record IterateAst(int Offset, Ast Term) : Ast(Offset);

internal sealed record TryAst(int Offset, Ast Body, Ast? Handler) : Ast(Offset);

internal sealed record PipeAst(int Offset, IReadOnlyList<Ast> Stages) : Ast(Offset);

internal sealed record CommaAst(int Offset, IReadOnlyList<Ast> Items) : Ast(Offset);

internal sealed record NegateAst(int Offset, Ast Operand) : Ast(Offset);

/// <summary>Arithmetic, comparison, <c>and</c>, <c>or</c> and <c>//</c>.</summary>
internal sealed record BinaryAst(int Offset, string Operator, Ast Left, Ast Right) : Ast(Offset);

/// <summary><c>=</c>, <c>|=</c> and the arithmetic updates, by their symbol.</summary>
internal sealed record AssignAst(int Offset, string Operator, Ast Target, Ast Value) : Ast(Offset);

internal sealed record IfAst(int Offset, IReadOnlyList<(Ast Condition, Ast Then)> Branches, Ast? Else) : Ast(Offset);

internal sealed record ReduceAst(int Offset, Ast Source, IReadOnlyList<Pattern> Patterns, Ast Init, Ast Update) : Ast(Offset);

internal sealed record ForeachAst(int Offset, Ast Source, IReadOnlyList<Pattern> Patterns, Ast Init, Ast Update, Ast? Extract)
    : Ast(Offset);

internal sealed record BindAst(int Offset, Ast Source, IReadOnlyList<Pattern> Patterns, Ast Body) : Ast(Offset);

internal sealed record LabelAst(int Offset, string Name, Ast Body) : Ast(Offset);

internal sealed record BreakAst(int Offset, string Name) : Ast(Offset);

internal sealed record DefinitionsAst(int Offset, IReadOnlyList<FunctionAst> Functions, Ast Body) : Ast(Offset);

internal sealed record CallAst(int Offset, string Name, IReadOnlyList<Ast> Arguments) : Ast(Offset);

internal sealed record ArrayAst(int Offset, Ast? Body) : Ast(Offset);

internal sealed record ObjectAst(int Offset, IReadOnlyList<(Ast Key, Ast Value)> Entries) : Ast(Offset);

/// <summary>One <c>def</c>; a parameter written with a dollar sign is also bound as a variable.</summary>
internal sealed record FunctionAst(int Offset, string Name, IReadOnlyList<(string Name, bool IsValue)> Parameters, Ast Body);

/// <summary>A destructuring pattern.</summary>
internal abstract record Pattern(int Offset);

internal sealed record VariablePattern(int Offset, string Name) : Pattern(Offset);

internal sealed record ArrayPattern(int Offset, IReadOnlyList<Pattern> Items) : Pattern(Offset);

/// <summary>Entries with the variable bound to the whole value, if any, and the pattern inside, if any.</summary>
internal sealed record ObjectPattern(int Offset, IReadOnlyList<(Ast Key, string? Variable, Pattern? Value)> Entries) : Pattern(Offset);
