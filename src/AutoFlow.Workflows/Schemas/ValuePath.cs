using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Schemas;

/// <summary>Where a part of the value is. The pointer's text is made only when an error asks for it.</summary>
internal sealed class ValuePath
{
    private readonly ValuePath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private ValuePath(ValuePath? parent, string? name, int index) => (_parent, _name, _index) = (parent, name, index);

    public static ValuePath Root { get; } = new(null, null, 0);

    public ValuePath Property(string name) => new(this, name, 0);

    public ValuePath Item(int index) => new(this, null, index);

    /// <summary>The JSON pointer (RFC 6901).</summary>
    public string ToPointer()
    {
        var steps = new Stack<ValuePath>();
        for (var at = this; at._parent is not null; at = at._parent) steps.Push(at);
        var pointer = "";
        while (steps.TryPop(out var step)) pointer = step._name is { } name ? JsonPointer.Append(pointer, name) : $"{pointer}/{step._index}";
        return pointer;
    }
}
