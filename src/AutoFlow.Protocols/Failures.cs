using AutoFlow.Workflows.Execution;

namespace AutoFlow.Protocols;

/// <summary>Makes the expected failures of calls (OWS dsl-reference.md, "Standard Error Types").</summary>
internal static class Failures
{
    /// <summary>The service could not be reached, refused, or gave nonsense.</summary>
    /// <param name="status">An HTTP status code.</param>
    /// <param name="title">A short summary.</param>
    /// <param name="detail">What happened; no path, no body.</param>
    public static WorkflowErrorException Communication(int status, string title, string detail) =>
        Of(StandardErrors.Communication, status, title, detail);

    /// <summary>The service answered, but not what was agreed: status 502.</summary>
    public static WorkflowErrorException BadAnswer(string detail) => Communication(502, "Bad Gateway", detail);

    /// <summary>The settings of the call, or of what it refers to, are wrong.</summary>
    public static WorkflowErrorException Configuration(string detail) => new(WorkflowError.Of(StandardErrors.Configuration, detail));

    /// <summary>The data of the call are wrong.</summary>
    public static WorkflowErrorException Validation(string detail) => new(WorkflowError.Of(StandardErrors.Validation, detail));

    /// <summary>No credentials could be had.</summary>
    public static WorkflowErrorException Authentication(int status, string detail) =>
        Of(StandardErrors.Authentication, status, StandardErrors.Authentication.Title, detail);

    /// <summary>This address may not be called: status 403.</summary>
    public static WorkflowErrorException Refused(string detail) => new(WorkflowError.Of(StandardErrors.Authorization, detail));

    /// <summary>The service did the call and says that it failed.</summary>
    public static WorkflowErrorException Runtime(string detail) => new(WorkflowError.Of(StandardErrors.Runtime, detail));

    /// <summary>A time limit of the definition ended.</summary>
    public static WorkflowErrorException Timeout(string detail) => new(WorkflowError.Of(StandardErrors.Timeout, detail));

    /// <summary>A foreign text cut to what a reader needs, without control characters.</summary>
    public static string Shown(string text)
    {
        const int longest = 300;
        var plain = string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c)).Trim();
        return plain.Length <= longest ? plain : string.Concat(plain.AsSpan(0, longest), "…");
    }

    /// <summary>A foreign text without the secrets in it, which are taken out before it is cut.</summary>
    public static string Shown(string text, RevealedSecrets secrets) => Shown(secrets.Conceal(text));

    private static WorkflowErrorException Of(StandardError kind, int status, string title, string detail) =>
        new(WorkflowError.Of(kind, detail) with { Status = status, Title = title });
}
