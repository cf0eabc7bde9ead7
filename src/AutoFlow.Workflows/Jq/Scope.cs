namespace AutoFlow.Workflows.Jq;

/// <summary>A name in sight, linked to those defined before it.</summary>
internal abstract class Scope(Scope? outer, string name, Frame frame)
{
    public Scope? Outer { get; } = outer;

    public string Name { get; } = name;

    /// <summary>The activation that holds what is named.</summary>
    public Frame Frame { get; } = frame;

    public static IEnumerable<string> Variables(Scope? scope)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope is VariableScope)
                yield return scope.Name;
        }
    }
}

internal sealed class VariableScope(Scope? outer, string name, Frame frame, int slot) : Scope(outer, name, frame)
{
    public int Slot { get; } = slot;
}

internal sealed class LabelScope(Scope? outer, string name, Frame frame, int slot) : Scope(outer, name, frame)
{
    public int Slot { get; } = slot;
}

/// <summary>A closure parameter; called like a function without arguments.</summary>
internal sealed class ParameterScope(Scope? outer, string name, Frame frame, int index) : Scope(outer, name, frame)
{
    public int Index { get; } = index;
}

internal sealed class FunctionScope(Scope? outer, Function function, Frame frame) : Scope(outer, function.Name, frame)
{
    public Function Function { get; } = function;
}
