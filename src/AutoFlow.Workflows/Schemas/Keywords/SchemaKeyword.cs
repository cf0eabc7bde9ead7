using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>A keyword of a schema with what it was given.</summary>
/// <param name="pointer">Where the keyword stands.</param>
internal abstract class SchemaKeyword(string pointer)
{
    public string Pointer { get; } = pointer;

    /// <summary>Whether the keyword concerns what the others have not looked at, and so comes last.</summary>
    public virtual bool LooksAtTheRest => false;

    /// <summary>The schemas that are applied to the same value.</summary>
    public virtual IEnumerable<SchemaNode> OnSameValue => [];

    /// <summary>Whether the value fits; errors are noted.</summary>
    public abstract bool Check(SchemaSite site);
}

/// <summary>Where a keyword is applied.</summary>
/// <param name="Run">The validation.</param>
/// <param name="Value">The part of the value.</param>
/// <param name="Path">Where that part is.</param>
/// <param name="Marks">What the schema's keywords have looked at; null when nobody asks.</param>
internal readonly record struct SchemaSite(Evaluation Run, JqValue Value, ValuePath Path, Evaluated? Marks);

/// <summary>A keyword that only asks something of the value itself.</summary>
/// <param name="wrong">What is wrong with a value; null when it fits.</param>
internal sealed class Assertion(string pointer, Func<JqValue, string?> wrong) : SchemaKeyword(pointer)
{
    public override bool Check(SchemaSite site) => wrong(site.Value) is not { } message || site.Run.Fail(site.Path, Pointer, message);
}
