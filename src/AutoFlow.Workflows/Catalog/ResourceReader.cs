namespace AutoFlow.Workflows.Catalog;

/// <summary>Reads the texts that definitions name, when they are published; never while one runs.</summary>
public interface IResourceReader
{
    /// <summary>Reads one text.</summary>
    /// <param name="uri">An <c>http</c> or <c>https</c> URI, or <c>file:///</c> and a path from the definition's folder.</param>
    Task<ResourceText> ReadAsync(Uri uri, CancellationToken cancellation);
}

/// <summary>What reading a resource gave: its text, or why there is none.</summary>
public sealed record ResourceText
{
    /// <summary>How many UTF-16 characters one text may have; readers stop there, and longer texts are refused.</summary>
    public const int MaxLength = 1_000_000;

    private ResourceText()
    {
    }

    /// <summary>The text; null when it could not be read.</summary>
    public string? Text { get; private init; }

    /// <summary>Why it could not be read, for people; null when it could.</summary>
    public string? Problem { get; private init; }

    /// <summary>A text that was read.</summary>
    public static ResourceText Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MaxLength ? new ResourceText { Text = text } : Failed($"it is longer than {MaxLength} characters");
    }

    /// <summary>A text that could not be read.</summary>
    public static ResourceText Failed(string problem) => new() { Problem = problem };
}

/// <summary>A resource that a definition names and that was not given.</summary>
/// <param name="Uri">Its absolute URI.</param>
/// <param name="Finding">The finding at the place that names it.</param>
public sealed record MissingResource(Uri Uri, Diagnostics.Diagnostic Finding);
