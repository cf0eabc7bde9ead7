using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas;

/// <summary>How a schema is read and how far a validation goes.</summary>
public sealed record SchemaOptions
{
    /// <summary>The options used where none are given.</summary>
    public static SchemaOptions Default { get; } = new();

    /// <summary>The draft of a schema without <c>$schema</c>.</summary>
    public SchemaDraft Draft { get; init; } = SchemaDraft.Draft202012;

    /// <summary>Whether <c>format</c> refuses values; otherwise it only says what is meant.</summary>
    public bool AssertFormat { get; init; } = true;

    /// <summary>Where the schema was read from: what relative references are resolved against; null when it stands alone.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>Gives the documents that references name by URI (without fragment); null for one that there is not.</summary>
    public Func<Uri, JqValue?>? Documents { get; init; }

    /// <summary>How many errors one validation gives at most.</summary>
    public int MostErrors { get; init; } = 20;

    /// <summary>How deep schemas may be applied within each other. Bounds the stack, whatever schema and value are.</summary>
    public int MaxDepth { get; init; } = 400;

    /// <summary>How many times one validation may apply a schema to a value. Bounds the time of schemas that branch without end.</summary>
    public int MaxSteps { get; init; } = 500_000;

    /// <summary>How long one search of a <c>pattern</c> may take where linear time cannot be had.</summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromSeconds(1);
}
