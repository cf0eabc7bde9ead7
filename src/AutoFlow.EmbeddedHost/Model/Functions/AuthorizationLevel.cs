namespace Microsoft.Azure.Functions.Worker;

/// <summary>Who may call an HTTP function.</summary>
public enum AuthorizationLevel
{
    /// <summary>Everyone.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user. Neither Microsoft's host nor this one implements it.</summary>
    User = 1,

    /// <summary>Whoever has the function's key, a host key or the master key.</summary>
    Function = 2,

    /// <summary>The platform itself. Never granted to a caller from outside.</summary>
    System = 3,

    /// <summary>Whoever has the master key.</summary>
    Admin = 4,
}
