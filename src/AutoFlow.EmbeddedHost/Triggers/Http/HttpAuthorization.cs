using AutoFlow.EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Triggers.Http;

/// <summary>Who may call a function. Pure.</summary>
internal static class HttpAuthorization
{
    private const string Header = "x-functions-key";
    private const string Query = "code";

    /// <summary>Whether a request may call a function.</summary>
    /// <param name="request">The request; its key is in the header x-functions-key or the query's code.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="level">The function's level.</param>
    /// <param name="keys">The keys.</param>
    public static bool Allows(HttpRequest request, string function, AuthorizationLevel level, FunctionKeyRing keys)
    {
        if (level == AuthorizationLevel.Anonymous)
            return true;
        var presented = request.Headers.TryGetValue(Header, out var header) ? (string?)header : (string?)request.Query[Query];
        return !string.IsNullOrEmpty(presented) && level switch
        {
            AuthorizationLevel.Function => keys.OpensFunction(function, presented),
            AuthorizationLevel.Admin => keys.OpensEverything(presented),
            _ => false,
        };
    }
}
