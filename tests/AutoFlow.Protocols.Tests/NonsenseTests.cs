using System.Text;
using AutoFlow.Protocols.Tests.Fakes;
using AutoFlow.Protocols.Tests.OpenApi;

namespace AutoFlow.Protocols.Tests;

/// <summary>Services that send nonsense: every call ends in an output or an error, never in an exception.</summary>
public sealed class NonsenseTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1e999", "\"$ref\"", "\"#/paths\"", "{}", "[]", "\"\"", "\"//:\"", "\"http://[\"", "\u0000", "ü", "%zz", "..", "\n- ", "&a ", "*a"];

    private static readonly string?[] Types = [null, "application/json", "text/event-stream", "text/plain; charset=nonsense", "application/octet-stream", ";;", "application/yaml"];
    private static readonly int[] Statuses = [200, 200, 200, 202, 204, 304, 400, 401, 500, 599];

    [Theory]
    [InlineData("http", """{"method":"POST","endpoint":{"uri":"ADDRESS"},"body":{},"output":"response"}""", 150)]
    [InlineData("http", """{"method":"GET","endpoint":{"uri":"ADDRESS","authentication":{"oidc":{"authority":"ADDRESS","grant":"client_credentials","client":{"id":"a","secret":"b"}}}}}""", 150)]
    [InlineData("openapi", """{"document":{"endpoint":{"uri":"ADDRESS"}},"operationId":"getOrder","parameters":{"id":1,"kinds":[1]}}""", 150)]
    [InlineData("asyncapi", """{"document":{"endpoint":{"uri":"ADDRESS"}},"operation":"x","message":{"payload":1}}""", 150)]
    [InlineData("a2a", """{"server":{"endpoint":{"uri":"ADDRESS"}},"method":"message/stream","parameters":{}}""", 150)]
    [InlineData("mcp", """{"method":"tools/list","transport":{"http":{"endpoint":{"uri":"ADDRESS"}}}}""", 40)]
    public async Task Any_answer_becomes_an_outcome(string protocol, string arguments, int times)
    {
        var random = new Random(1);
        await using var service = await StubService.StartAsync((http, _) =>
        {
            (http.Response.StatusCode, http.Response.ContentType) = (random.GetItems(Statuses, 1)[0], random.GetItems(Types, 1)[0]);
            if (http.Response.StatusCode is 204 or 304) return Task.CompletedTask;
            return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(random.GetItems(Pieces, random.Next(0, 12))))).AsTask();
        });
        using var caller = new Caller(("DocumentLifetime", "00:00:00"));
        for (var i = 0; i < times; i++)
        {
            var outcome = await caller.CallAsync(protocol, arguments.Replace("ADDRESS", service.Address, StringComparison.Ordinal));
            Assert.True(outcome.Output is null != outcome.Error is null);
        }
    }

    [Theory]
    [InlineData(PetShop.Two, "findPetsByStatus", """{"status":["a"],"tags":[1],"limit":2}""")]
    [InlineData(PetShop.Two, "updatePetWithForm", """{"petId":1,"name":"x","tags":["y"]}""")]
    [InlineData(PetShop.Three, "getOrder", """{"id":7,"kinds":["a"],"filter":{"a":1},"sort":[1],"where":{}}""")]
    [InlineData(PetShop.Three, "placeOrder", """{"dryRun":true,"body":{"id":1}}""")]
    public async Task Any_description_becomes_an_outcome(string document, string operation, string parameters)
    {
        var random = new Random(2);
        await using var shop = await ShopStub.StartAsync(document);
        using var caller = new Caller(("DocumentLifetime", "00:00:00"), ("AllowedHosts:0", "127.0.0.1"));
        var whole = shop.Document;
        for (var i = 0; i < 200; i++)
        {
            var from = random.Next(whole.Length);
            shop.Document = whole[..from] + random.GetItems(Pieces, 1)[0] + whole[Math.Min(whole.Length, from + random.Next(0, 20))..];
            var outcome = await caller.CallAsync("openapi", shop.Call(operation, parameters));
            Assert.True(outcome.Output is null != outcome.Error is null);
        }
    }
}
