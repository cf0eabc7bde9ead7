namespace AutoFlow.Workflows.Jq;

/// <summary>A jq runtime error that the program did not catch.</summary>
public sealed class JqException(JqValue value) : Exception(Describe(value))
{
    /// <summary>What <c>error</c> was given: a string for the errors of jq itself, any value for those a program raises.</summary>
    public JqValue Value { get; } = value;

    private static string Describe(JqValue value) => value switch
    {
        { Kind: JqKind.String } => value.AsString()!,
        { Weight: > 1000 } => $"{value.TypeName} (not a string)",
        { Kind: JqKind.Null } => "null (null) not a string",
        _ => $"{value.ToJson()} (not a string)",
    };
}
