using System.Diagnostics.CodeAnalysis;

namespace AutoFlow.Workflows.Schemas;

/// <summary>Why a value does not fit a schema. It names properties and what the schema asks for, never the value itself.</summary>
/// <param name="Value">The JSON pointer (RFC 6901) of the part of the value; empty for the whole.</param>
/// <param name="Schema">The JSON pointer of the keyword in the schema document; begins with the document's URI when it is another one.</param>
/// <param name="Message">What is wrong, as "must be a string, not a number".</param>
public sealed record SchemaError(string Value, string Schema, string Message)
{
    /// <inheritdoc />
    public override string ToString() => Value.Length == 0 ? Message : $"{Value}: {Message}";
}

/// <summary>What is wrong with a schema itself.</summary>
/// <param name="Pointer">The JSON pointer of the keyword in the schema document.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Hint">What to write instead; null when nothing useful is known.</param>
/// <param name="IsWarning">Whether the schema can be used all the same.</param>
public sealed record SchemaProblem(string Pointer, string Message, string? Hint = null, bool IsWarning = false);

/// <summary>A compiled schema, or why it is none; warnings come with both.</summary>
/// <param name="Schema">The schema; null when a problem is no warning.</param>
/// <param name="Problems">Every problem in the schema's order.</param>
public sealed record SchemaCompilation(JsonSchema? Schema, IReadOnlyList<SchemaProblem> Problems)
{
    /// <summary>Whether the schema can be used.</summary>
    [MemberNotNullWhen(true, nameof(Schema))]
    public bool Succeeded => Schema is not null;
}
