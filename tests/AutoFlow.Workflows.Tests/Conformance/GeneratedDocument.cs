namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>A page under <c>docs/</c> that the tests write.</summary>
internal static class GeneratedDocument
{
    /// <summary>Fails when the page is not this text; the new one then lies beside the tests.</summary>
    public static void IsCurrent(string name, string text)
    {
        var committed = Path.Combine(Root(), "docs", name);
        if (File.Exists(committed) && File.ReadAllText(committed).ReplaceLineEndings("\n") == text) return;
        var written = Path.Combine(AppContext.BaseDirectory, "docs", name);
        Directory.CreateDirectory(Path.GetDirectoryName(written)!);
        File.WriteAllText(written, text);
        Assert.Fail($"docs/{name} is not what the code says now: look at {written}, and put it there if it is right");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AutoFlow.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("the tests do not run inside the repository");
    }
}
