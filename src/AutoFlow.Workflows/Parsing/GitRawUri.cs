using System.Text.RegularExpressions;

namespace AutoFlow.Workflows.Parsing;

/// <summary>
/// Turns the address of a page on GitHub or GitLab into that of the raw file it shows, also below a catalog's root (OWS dsl.md,
/// "Catalogs", File Structure). Without a branch in the address the repository's default branch is meant.
/// </summary>
internal static partial class GitRawUri
{
    /// <summary>The raw file's address; every other address is given back as it is.</summary>
    public static string Of(string uri)
    {
        if (GitHub().Match(uri) is { Success: true } hub)
            return $"https://raw.githubusercontent.com/{hub.Groups["repository"].Value}/{Branch(hub)}/{hub.Groups["path"].Value}";
        return GitLab().Match(uri) is { Success: true } lab
            ? $"https://gitlab.com/{lab.Groups["repository"].Value}/-/raw/{(lab.Groups["ref"] is { Success: true } name ? name.Value : "HEAD")}/{lab.Groups["path"].Value}"
            : uri;
    }

    /// <summary>A commit is named by itself, everything else as a branch, as in the specification's example.</summary>
    private static string Branch(Match match) => match.Groups["ref"] switch
    {
        { Success: false } => "HEAD",
        { Value: var name } when Commit().IsMatch(name) => name,
        { Value: var name } => $"refs/heads/{name}",
    };

    [GeneratedRegex("^https://github\\.com/(?<repository>[^/]+/[^/]+)/(?:(?:tree|blob)/(?<ref>[^/]+)/)?(?<path>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex GitHub();

    [GeneratedRegex("^https://gitlab\\.com/(?<repository>(?:(?!-/)[^/]+/)*?[^/]+)/(?:-/(?:tree|blob)/(?<ref>[^/]+)/|(?=functions/))(?<path>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex GitLab();

    [GeneratedRegex("^[0-9a-f]{40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();
}
