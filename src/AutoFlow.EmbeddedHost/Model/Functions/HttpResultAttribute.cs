namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the property that is the HTTP answer when a function's result has several outputs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpResultAttribute : Attribute;
