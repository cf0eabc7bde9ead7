using System.Text;
using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AutoFlow.Functions.Tests.Definitions;

/// <summary>The forms in which definitions are handed in.</summary>
public sealed class DefinitionBodyTests
{
    [Fact]
    public async Task One_as_yaml_is_named_by_the_query()
    {
        var (texts, _) = await ReadAsync("application/yaml", "document: {}", "?file=a.yaml");

        Assert.Equal([("a.yaml", "document: {}")], Named(texts));
    }

    [Fact]
    public async Task One_written_as_json_is_a_definition_too()
    {
        var (texts, _) = await ReadAsync("application/json", """{"document":{}}""");

        Assert.Equal([("definition.yaml", """{"document":{}}""")], Named(texts));
    }

    [Fact]
    public async Task Several_come_as_json_with_their_resources()
    {
        var (texts, _) = await ReadAsync("application/json", """{"definitions":[{"file":"a.yaml","text":"a: 1","resources":{"file:///s.json":"{}"}},{"text":"b: 2"}]}""");

        Assert.Equal([("a.yaml", "a: 1"), ("definitions/1", "b: 2")], Named(texts));
        Assert.Equal("{}", texts![0].Resources["file:///s.json"]);
    }

    [Fact]
    public async Task Several_come_as_the_files_of_a_form()
    {
        const string form = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.yaml\"\r\n\r\na: 1\r\n--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"b.yaml\"\r\n\r\nb: 2\r\n--x--\r\n";

        var (texts, _) = await ReadAsync("multipart/form-data; boundary=x", form);

        Assert.Equal([("a.yaml", "a: 1"), ("b.yaml", "b: 2")], Named(texts));
    }

    [Theory]
    [InlineData("application/yaml", "  ", 400, "no definition in the body")]
    [InlineData("application/json", "{", 400, "The JSON is wrong at line 1")]
    [InlineData("application/json", """{"definitions":[]}""", 400, "no definition in the body")]
    [InlineData("application/json", """{"definitions":[{"text":"a: 1"},null]}""", 400, "/definitions/1/text is missing")]
    [InlineData("application/yaml", "\uFFFF", 400, "not valid Unicode")]
    [InlineData("multipart/form-data; boundary=x", "--x--\r\n", 400, "no definition in the body")]
    [InlineData("multipart/form-data; boundary=x", "nothing", 400, "The form cannot be read")]
    public async Task What_cannot_be_read_is_one_clear_problem(string contentType, string body, int status, string said)
    {
        var (texts, problem) = await ReadAsync(contentType, body);

        Assert.Null(texts);
        var details = Assert.IsType<ProblemDetails>(Assert.IsType<ObjectResult>(problem).Value);
        Assert.Equal(status, details.Status);
        Assert.Contains(said, details.Detail, StringComparison.Ordinal);
    }

    private static IEnumerable<(string, string)> Named(IReadOnlyList<DefinitionText>? texts) => texts!.Select(text => (text.File, text.Text));

    private static Task<(IReadOnlyList<DefinitionText>? Texts, IActionResult? Problem)> ReadAsync(string contentType, string body, string query = "")
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.ContentType = contentType;
        request.QueryString = new QueryString(query);
        // U+FFFF stands for a byte that is no UTF-8.
        request.Body = new MemoryStream(body == "\uFFFF" ? [0xFF] : Encoding.UTF8.GetBytes(body));
        return DefinitionBody.ReadAsync(request, default);
    }
}
