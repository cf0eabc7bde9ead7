namespace AutoFlow.Workflows.Execution;

/// <summary>A kind of error that the language defines.</summary>
/// <param name="Type">Its URI.</param>
/// <param name="Status">Its usual status.</param>
/// <param name="Title">Its title.</param>
public sealed record StandardError(string Type, int Status, string Title);

/// <summary>The standard error types (OWS dsl-reference.md, "Standard Error Types").</summary>
public static class StandardErrors
{
    private const string Root = "https://serverlessworkflow.io/spec/1.0.0/errors/";

    /// <summary>The hosts and paths under which the specification, its examples and its conformance kit write the same types.</summary>
    private static readonly string[] Roots =
    [
        Root,
        "https://serverlessworkflow.io/dsl/errors/types/",
        "https://open-workflow-specification.org/spec/1.0.0/errors/",
        "https://open-workflow-specification.org/dsl/errors/types/",
    ];

    /// <summary>Wrong settings.</summary>
    public static StandardError Configuration { get; } = new(Root + "configuration", 400, "Configuration Error");

    /// <summary>Data that does not have the form it must have.</summary>
    public static StandardError Validation { get; } = new(Root + "validation", 400, "Validation Error");

    /// <summary>A runtime expression failed.</summary>
    public static StandardError Expression { get; } = new(Root + "expression", 400, "Expression Error");

    /// <summary>Somebody could not be identified.</summary>
    public static StandardError Authentication { get; } = new(Root + "authentication", 401, "Authentication Error");

    /// <summary>Somebody may not do this.</summary>
    public static StandardError Authorization { get; } = new(Root + "authorization", 403, "Authorization Error");

    /// <summary>A time limit ended.</summary>
    public static StandardError Timeout { get; } = new(Root + "timeout", 408, "Timeout");

    /// <summary>An outside service could not be reached or gave nonsense.</summary>
    public static StandardError Communication { get; } = new(Root + "communication", 500, "Communication Error");

    /// <summary>The engine could not go on.</summary>
    public static StandardError Runtime { get; } = new(Root + "runtime", 500, "Runtime Error");

    /// <summary>Whether two type URIs mean the same; the four spellings of a standard type count as one.</summary>
    public static bool SameType(string one, string other) => Normalised(one) == Normalised(other);

    private static string Normalised(string type) =>
        Roots.FirstOrDefault(root => type.StartsWith(root, StringComparison.Ordinal)) is { } root ? Root + type[root.Length..] : type;
}
