using System.Diagnostics;
using AutoFlow.Protocols.Tests.Fakes;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Tests.Http;

public sealed class HttpRequestTests
{
    [Fact]
    public async Task A_call_sends_method_address_query_headers_and_a_json_body()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        await caller.OutputAsync("http", $$$"""
            {"method":"post","endpoint":{"uri":"{{{service.Address}}}/orders?page=1"},"headers":{"X-Shop":"one","X-Count":2,"X-None":null},
             "query":{"status":["open","a b&c"],"limit":5,"none":null},"body":{"a":[1,true]}}
            """);
        var seen = Assert.Single(service.Seen);
        Assert.Equal("POST", seen.Method);
        Assert.Equal("/orders", seen.Path);
        Assert.Equal("?page=1&status=open&status=a%20b%26c&limit=5", seen.Query);
        Assert.Equal("one", seen.Header("X-Shop"));
        Assert.Equal("2", seen.Header("X-Count"));
        Assert.Null(seen.Header("X-None"));
        Assert.Equal("""{"a":[1,true]}""", seen.Body);
        Assert.Equal("application/json", seen.Header("Content-Type"));
        Assert.StartsWith("AutoFlow/", seen.Header("User-Agent"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"hello\"", null, "hello", "text/plain; charset=utf-8")]
    [InlineData("\"<a/>\"", "application/xml", "<a/>", "application/xml")]
    [InlineData("""{"name":"A B","tags":["x","y"],"none":null}""", "application/x-www-form-urlencoded", "name=A%20B&tags=x&tags=y", "application/x-www-form-urlencoded")]
    [InlineData("[1]", "application/vnd.shop+json", "[1]", "application/vnd.shop+json")]
    public async Task A_body_takes_the_form_of_its_content_type(string body, string? type, string sent, string sentType)
    {
        await using var service = await StubService.AnsweringAsync("");
        using var caller = new Caller();
        var headers = type is null ? "{}" : $$$"""{"content-type":"{{{type}}}"}""";
        await caller.OutputAsync("http", $$$"""{"method":"PUT","endpoint":{"uri":"{{{service.Address}}}"},"headers":{{{headers}}},"body":{{{body}}} }""");
        Assert.Equal(sent, service.Seen[0].Body);
        Assert.Equal(sentType, service.Seen[0].Header("Content-Type"));
    }

    [Theory]
    [InlineData("""{"endpoint":{"uri":"ADDRESS"},"method":"GET","headers":{"X":"a\r\nEvil: 1"}}""", "cannot stand in a header")]
    [InlineData("""{"endpoint":{"uri":"ADDRESS"},"method":"GET","headers":{"A B":"a"}}""", "no name of a header")]
    [InlineData("""{"endpoint":{"uri":"ADDRESS"},"method":"GET","headers":{"Host":"a"}}""", "belongs to the connection")]
    [InlineData("""{"endpoint":{"uri":"ADDRESS"},"method":"GET","headers":{"X":{}}}""", "is object, not text")]
    [InlineData("""{"endpoint":{"uri":"ADDRESS/pets/../admin"},"method":"GET"}""", "path segment")]
    [InlineData("""{"endpoint":{"uri":"ADDRESS/pets/%2E%2e"},"method":"GET"}""", "path segment")]
    [InlineData("""{"endpoint":{"uri":"ADDRESS"},"method":"G T"}""", "no HTTP method")]
    [InlineData("""{"endpoint":{"uri":"ADDRESS"},"method":"CONNECT"}""", "no HTTP method")]
    [InlineData("""{"endpoint":{"uri":"/relative"},"method":"GET"}""", "no absolute http")]
    [InlineData("""{"endpoint":{"uri":"file:///etc/hosts"},"method":"GET"}""", "no absolute http")]
    [InlineData("""{"endpoint":{"uri":"ADDRESS"},"method":"GET","query":{"a":{"b":1}}}""", "'a' holds an object")]
    [InlineData("""{"endpoint":{"uri":"ADDRESS"},"method":"POST","headers":{"Content-Type":"application/x-www-form-urlencoded"},"body":[1]}""", "must be an object")]
    public async Task What_cannot_be_sent_is_a_validation_error_and_nothing_is_sent(string arguments, string says)
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", arguments.Replace("ADDRESS", service.Address, StringComparison.Ordinal));
        Assert.EndsWith("/validation", error.Type, StringComparison.Ordinal);
        Assert.Equal(400, error.Status);
        Assert.Contains(says, error.Detail, StringComparison.Ordinal);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task A_multipart_body_and_a_user_in_the_address_are_configuration_errors()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        var multipart = await caller.ErrorAsync("http", $$$"""{"method":"POST","endpoint":{"uri":"{{{service.Address}}}"},"headers":{"Content-Type":"multipart/form-data"},"body":{}}""");
        var user = await caller.ErrorAsync("http", """{"method":"GET","endpoint":{"uri":"http://me:pass@127.0.0.1:9"}}""");
        Assert.All([multipart, user], static e => Assert.EndsWith("/configuration", e.Type, StringComparison.Ordinal));
        Assert.DoesNotContain("pass@", user.Detail, StringComparison.Ordinal);
        Assert.Empty(service.Seen);
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData("PUT", true)]
    [InlineData("PATCH", true)]
    [InlineData("DELETE", true)]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    public async Task Requests_that_change_something_carry_the_same_key_at_every_try_of_a_call(string method, bool carries)
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        var arguments = JqValue.Parse($$$"""{"method":"{{{method}}}","endpoint":{"uri":"{{{service.Address}}}"}}""");
        foreach (var key in new[] { "run-1:/do/0/grüße:0", "run-1:/do/0/grüße:0", "run-2:/do/0/grüße:0" })
            await caller.CallAsync("http", arguments, null, key);
        var keys = service.Seen.Select(static s => s.Header("Idempotency-Key")).ToList();
        Assert.All(keys, key => Assert.Equal(carries, Guid.TryParse(key, out _)));
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(carries, keys[1] != keys[2]);
    }

    [Fact]
    public async Task The_authors_idempotency_key_wins()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        await caller.OutputAsync("http", $$$"""{"method":"POST","endpoint":{"uri":"{{{service.Address}}}"},"headers":{"idempotency-key":"mine"}}""");
        Assert.Equal("mine", service.Seen[0].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task The_trace_goes_on_at_the_service()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        using var activity = new Activity("call").SetIdFormat(ActivityIdFormat.W3C).Start();
        await caller.OutputAsync("http", $$$"""{"method":"GET","endpoint":{"uri":"{{{service.Address}}}"}}""");
        Assert.Contains(activity.TraceId.ToString(), service.Seen[0].Header("traceparent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_protocol_is_a_configuration_error()
    {
        using var caller = new Caller();
        var error = await caller.ErrorAsync("grpc", "{}");
        Assert.EndsWith("/configuration", error.Type, StringComparison.Ordinal);
        Assert.Contains("'grpc'", error.Detail, StringComparison.Ordinal);
    }
}
