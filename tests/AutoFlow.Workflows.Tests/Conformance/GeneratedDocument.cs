namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>A page under <c>docs/</c> that the tests write, whole or a part of it.</summary>
internal static class GeneratedDocument
{
    private const string Begin = "<!-- written by the tests -->\n";
    private const string End = "<!-- end of what the tests write -->\n";

    /// <summary>Fails when the part of the page between its two marks is not this text; the new page then lies beside the tests.</summary>
    public static void HoldsCurrent(string name, string text)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", name)).ReplaceLineEndings("\n");
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, $"docs/{name} has lost the two marks between which the tests write");
        IsCurrent(name, page[..(begin + Begin.Length)] + text + page[end..]);
    }

    /// <summary>Fails when the page is not this text; the new one then lies beside the tests.</summary>
    public static void IsCurrent(string name, string text)
    {
        var committed = Path.Combine(Repository.Root, "docs", name);
        if (File.Exists(committed) && File.ReadAllText(committed).ReplaceLineEndings("\n") == text) return;
        var written = Path.Combine(AppContext.BaseDirectory, "docs", name);
        Directory.CreateDirectory(Path.GetDirectoryName(written)!);
        File.WriteAllText(written, text);
        Assert.Fail($"docs/{name} is not what the code says now: look at {written}, and put it there if it is right");
    }
}
