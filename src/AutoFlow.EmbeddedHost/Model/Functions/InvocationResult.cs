using AutoFlow.EmbeddedHost.Hosting;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function returned, for middleware after it has run.</summary>
public class InvocationResult
{
    private readonly EmbeddedFunctionContext _context;

    internal InvocationResult(EmbeddedFunctionContext context) => _context = context;

    /// <summary>The value; null for none.</summary>
    public object? Value
    {
        get => _context.Result;
        set => _context.Result = value;
    }
}

/// <summary>The data of a run.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>What the function returned.</summary>
    /// <param name="context">The run.</param>
    public static InvocationResult GetInvocationResult(this FunctionContext context) => new((EmbeddedFunctionContext)context);
}
