using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tests.Parsing;

public class ResourceUriTests
{
    [Theory]
    [InlineData("https://x.org/a.json", "file:///", "https://x.org/a.json")]
    [InlineData("https://x.org/a.json#/$defs/b", "file:///", "https://x.org/a.json")]
    [InlineData("schemas/a.json", "file:///", "file:///schemas/a.json")]
    [InlineData("./schemas/my a.json", "file:///", "file:///schemas/my%20a.json")]
    [InlineData("file:schemas/a.json", "file:///", "file:///schemas/a.json")]
    [InlineData("file://schemas/a.json", "file:///", "file:///schemas/a.json")]
    [InlineData("../b.json", "file:///schemas/a.json", "file:///b.json")]
    [InlineData("b.json#/x", "file:///schemas/a.json", "file:///schemas/b.json")]
    [InlineData("b.json", "https://x.org/s/a.json", "https://x.org/s/b.json")]
    [InlineData("/b.json", "https://x.org/s/a.json", "https://x.org/b.json")]
    public void A_name_becomes_an_absolute_URI(string name, string from, string expected) =>
        Assert.Equal((expected, null), (ResourceUri.Resolve(name, new Uri(from)).Uri?.AbsoluteUri, ResourceUri.Resolve(name, new Uri(from)).Problem));

    [Theory]
    [InlineData("/etc/passwd", "file:///")]
    [InlineData("file:///etc/passwd", "file:///")]
    [InlineData("../a.json", "file:///")]
    [InlineData("a/../../b.json", "file:///")]
    [InlineData("%2e%2e/a.json", "file:///")]
    [InlineData("..%2fa.json", "file:///")]
    [InlineData("..\\a.json", "file:///")]
    [InlineData(".", "file:///")]
    [InlineData("ftp://x.org/a", "file:///")]
    [InlineData("data:text/plain,x", "file:///")]
    [InlineData("https://me:secret@x.org/a", "file:///")]
    [InlineData("file:a.json", "https://x.org/s/a.json")]
    public void A_name_that_reaches_where_it_may_not_is_refused(string name, string from)
    {
        var (uri, problem) = ResourceUri.Resolve(name, new Uri(from));

        Assert.Null(uri);
        Assert.NotNull(problem);
    }
}
