using System.Text.RegularExpressions;

namespace AutoFlow.Workflows.Parsing;

/// <summary>
/// Turns the address of a page on GitHub or GitLab into that of the raw file it shows (OWS dsl.md, "Catalogs", File Structure):
/// <c>…/tree/main/f.yaml</c>, <c>…/blob/main/f.yaml</c>, and on GitHub <c>…/owner/repository/function@v1.0.0</c>, the folder of a function.
/// </summary>
internal static partial class GitRawUri
{
    private const string DefaultBranch = "HEAD";

    /// <summary>The raw file's address; every other address is given back as it is.</summary>
    public static string Of(string uri)
    {
        if (GitHubPage().Match(uri) is { Success: true } page)
            return $"https://raw.githubusercontent.com/{page.Groups["repository"].Value}/{Branch(page.Groups["ref"].Value)}/{page.Groups["path"].Value}";
        if (GitHubFunction().Match(uri) is { Success: true } function)
            return $"https://raw.githubusercontent.com/{function.Groups["repository"].Value}/{function.Groups["ref"].Value}/{function.Groups["path"].Value}/function.yaml";
        return GitLabPage().Match(uri) is { Success: true } lab ? $"{lab.Groups["project"].Value}/-/raw/{lab.Groups["path"].Value}" : uri;
    }

    /// <summary>A function's definition in a catalog; a repository without a branch in its address means its default branch.</summary>
    /// <param name="root">The catalog's root.</param>
    public static string InCatalog(string root, string function, string version)
    {
        var folder = root.TrimEnd('/');
        if (GitHubRepository().IsMatch(folder)) folder += $"/tree/{DefaultBranch}";
        else if (GitLabProject().IsMatch(folder)) folder += $"/-/tree/{DefaultBranch}";
        return Of($"{folder}/functions/{function}/{version}/function.yaml");
    }

    /// <summary>A commit is named by itself, everything else as a branch, as in the specification's example.</summary>
    private static string Branch(string name) => name == DefaultBranch || Commit().IsMatch(name) ? name : $"refs/heads/{name}";

    [GeneratedRegex("^https://github\\.com/(?<repository>[^/]+/[^/]+)/(?:tree|blob)/(?<ref>[^/]+)/(?<path>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex GitHubPage();

    [GeneratedRegex("^https://github\\.com/(?<repository>[^/]+/[^/]+)/(?<path>[^@]+)@(?<ref>[^@/]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex GitHubFunction();

    [GeneratedRegex("^https://github\\.com/[^/]+/[^/]+$", RegexOptions.CultureInvariant)]
    private static partial Regex GitHubRepository();

    [GeneratedRegex("^(?<project>https://[^/]+/.+?)/-/(?:tree|blob)/(?<path>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex GitLabPage();

    [GeneratedRegex("^https://gitlab\\.com/(?!.*/-/).+$", RegexOptions.CultureInvariant)]
    private static partial Regex GitLabProject();

    [GeneratedRegex("^[0-9a-f]{40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();
}
