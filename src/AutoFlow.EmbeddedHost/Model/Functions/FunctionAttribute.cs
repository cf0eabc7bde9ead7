namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a method as a function and names it. Names are unique in one app, whatever their case.</summary>
/// <param name="name">The function's name.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));
}
