namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>The root of every attribute that binds data of the outside to a function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute;

/// <summary>Marks the parameter whose event starts the function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute;

/// <summary>Marks a parameter that is filled from the outside when the function starts.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class InputBindingAttribute : BindingAttribute;

/// <summary>Marks a method, or a property of its result, whose value is sent to the outside when the function has succeeded.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public abstract class OutputBindingAttribute : BindingAttribute;
