using System.IO.Compression;
using System.Text;
using AutoFlow.Protocols.Tests.Fakes;

namespace AutoFlow.Protocols.Tests.Http;

public sealed class HttpOutputTests
{
    [Theory]
    [InlineData("application/json", """{"a":1}""", """{"a":1}""")]
    [InlineData("application/problem+json; charset=utf-8", "[1]", "[1]")]
    [InlineData("text/plain", "hello", "\"hello\"")]
    [InlineData("application/xml", "<a/>", "\"<a/>\"")]
    [InlineData("application/octet-stream", "hi!", "\"aGkh\"")]
    [InlineData(null, "[2]", "[2]")]
    [InlineData(null, "hi!", "\"aGkh\"")]
    [InlineData("application/json", "", "null")]
    public async Task Content_is_read_by_its_type(string? type, string body, string output)
    {
        await using var service = await StubService.AnsweringAsync(body, type);
        using var caller = new Caller();
        Assert.Equal(output, (await caller.OutputAsync("http", Get(service))).ToJson());
    }

    [Theory]
    [InlineData("""{"a":1}""", "\"eyJhIjoxfQ==\"")]
    [InlineData("", "null")]
    public async Task Raw_is_base64(string body, string output)
    {
        await using var service = await StubService.AnsweringAsync(body);
        using var caller = new Caller();
        Assert.Equal(output, (await caller.OutputAsync("http", Get(service, "raw"))).ToJson());
    }

    [Fact]
    public async Task Response_is_the_whole_answer_with_its_request_and_without_credentials()
    {
        await using var service = await StubService.AnsweringAsync("""{"id":1}""", status: 201);
        using var caller = new Caller();
        var output = await caller.OutputAsync("http", $$$"""
            {"method":"POST","endpoint":{"uri":"{{{service.Address}}}/pets","authentication":{"basic":{"username":"u","password":"p"} } },
             "headers":{"X-One":"1","Cookie":"id=1"},"query":{"a":"b"},"body":{"x":1},"output":"response"}
            """);
        Assert.Equal("POST", output["request"]["method"].AsString());
        Assert.Equal($"{service.Address}/pets?a=b", output["request"]["uri"].AsString());
        Assert.Equal("1", output["request"]["headers"]["X-One"].AsString());
        Assert.Equal("application/json", output["request"]["headers"]["Content-Type"].AsString());
        Assert.False(output["request"]["headers"].TryGetProperty("Authorization", out _));
        Assert.False(output["request"]["headers"].TryGetProperty("Cookie", out _));
        Assert.Equal(201, output["statusCode"].AsNumber());
        Assert.Equal("application/json", output["headers"]["Content-Type"].AsString());
        Assert.Equal("""{"id":1}""", output["content"].ToJson());
        Assert.Equal(["request", "statusCode", "headers", "content"], output.Properties.Select(static p => p.Key));
    }

    [Fact]
    public async Task Text_is_read_in_its_charset()
    {
        await using var service = await StubService.StartAsync((http, _) =>
        {
            http.Response.ContentType = "text/plain; charset=iso-8859-1";
            return http.Response.Body.WriteAsync(Encoding.Latin1.GetBytes("Grüße")).AsTask();
        });
        using var caller = new Caller();
        Assert.Equal("Grüße", (await caller.OutputAsync("http", Get(service))).AsString());
    }

    [Fact]
    public async Task A_compressed_answer_is_read()
    {
        await using var service = await StubService.StartAsync(async (http, seen) =>
        {
            Assert.Contains("gzip", seen.Header("Accept-Encoding"), StringComparison.Ordinal);
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync("[1]"u8.ToArray());
        });
        using var caller = new Caller();
        Assert.Equal("[1]", (await caller.OutputAsync("http", Get(service))).ToJson());
    }

    private static string Get(StubService service, string output = "content") =>
        $$$"""{"method":"GET","endpoint":{"uri":"{{{service.Address}}}"},"output":"{{{output}}}"}""";
}
