using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function by an HTTP request.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Any method, with a function key.</summary>
    public HttpTriggerAttribute() => AuthLevel = AuthorizationLevel.Function;

    /// <summary>The methods named, with a function key.</summary>
    /// <param name="methods">HTTP methods, such as "get", "post".</param>
    public HttpTriggerAttribute(params string[] methods)
    {
        AuthLevel = AuthorizationLevel.Function;
        Methods = methods;
    }

    /// <summary>Any method.</summary>
    /// <param name="authLevel">Who may call.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>The methods named.</summary>
    /// <param name="authLevel">Who may call.</param>
    /// <param name="methods">HTTP methods, such as "get", "post".</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template below the route prefix of host.json; null takes the function's name.</summary>
    public string? Route { get; set; }

    /// <summary>The HTTP methods; null means every method.</summary>
    public string[]? Methods { get; }

    /// <summary>Who may call.</summary>
    public AuthorizationLevel AuthLevel { get; }
}
