namespace AutoFlow.Workflows.Catalog;

/// <summary>Reads the files beside a definition, and leaves every other resource to another reader.</summary>
/// <param name="folder">The definition's folder; nothing outside of it is read.</param>
/// <param name="others">Reads what is no file; null where only files may be named.</param>
public sealed class FolderResourceReader(string folder, IResourceReader? others = null) : IResourceReader
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <inheritdoc />
    public async Task<ResourceText> ReadAsync(Uri uri, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsFile)
            return others is null ? ResourceText.Failed("only files are read here") : await others.ReadAsync(uri, cancellation).ConfigureAwait(false);
        var path = Path.GetFullPath(Path.Combine(_root, Uri.UnescapeDataString(uri.AbsolutePath).TrimStart('/')));
        if (!path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return ResourceText.Failed("it lies outside the definition's folder");
        try
        {
            if (!File.Exists(path)) return ResourceText.Failed("there is no such file beside the definition");
            if (new FileInfo(path).Length > ResourceText.MaxLength * 3L)
                return ResourceText.Failed($"it is longer than {ResourceText.MaxLength} characters");
            return ResourceText.Of(await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ResourceText.Failed(e.Message);
        }
    }
}
