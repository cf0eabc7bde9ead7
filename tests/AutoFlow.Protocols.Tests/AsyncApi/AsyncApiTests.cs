using AutoFlow.Protocols.Tests.Fakes;

namespace AutoFlow.Protocols.Tests.AsyncApi;

public sealed class AsyncApiTests
{
    private const string Two = """
        asyncapi: 2.6.0
        defaultContentType: application/json
        servers:
          broker: { url: 'broker.example:9092', protocol: kafka }
          web:
            url: 'HOST/{stage}'
            protocol: http
            variables: { stage: { default: live, enum: [ live, test ] } }
        channels:
          /notices/{region}:
            parameters: { region: { schema: { default: 'north east' } } }
            publish:
              operationId: sendNotice
              bindings: { http: { type: request, method: PUT } }
              message: { $ref: '#/components/messages/Notice' }
          /queue: { servers: [ broker ], publish: { operationId: enqueue } }
          /silent: { subscribe: { operationId: hear } }
          /open/{who}: { parameters: { who: { schema: {} } }, publish: { operationId: tell } }
        components:
          messages: { Notice: { contentType: application/vnd.notice+json } }
        """;

    private const string Three = """
        asyncapi: 3.0.0
        servers:
          broker: { host: 'broker.example:9092', protocol: kafka }
          web: { host: BARE, pathname: '/{stage}/', protocol: http, variables: { stage: { default: live } } }
          other: { host: BARE, pathname: /other, protocol: http }
          tenants: { host: '{tenant}.broker.example', pathname: '/{stage}', protocol: http, variables: { tenant: {}, stage: { default: live } } }
          ports: { host: '{where}', protocol: http, variables: { where: { default: BARE } } }
          nowhere: { host: 'a b', protocol: http }
        channels:
          notices: { address: notices, messages: { notice: { contentType: text/plain } } }
          narrow: { address: narrow, servers: [ { $ref: '#/servers/other' } ] }
        operations:
          sendNotice: { action: receive, channel: { $ref: '#/channels/notices' } }
          sendElsewhere: { action: receive, channel: { address: x, servers: [ { $ref: '#/servers/tenants' } ] } }
          sendToPort: { action: receive, channel: { address: x, servers: [ { $ref: '#/servers/ports' } ] } }
          sendNowhere: { action: receive, channel: { address: x, servers: [ { $ref: '#/servers/nowhere' } ] } }
          climb: { action: receive, channel: { address: ../x, servers: [ { $ref: '#/servers/other' } ] } }
          sendNarrow: { action: receive, channel: { $ref: '#/channels/narrow' }, bindings: { http: { method: PATCH } } }
        """;

    [Theory]
    [InlineData(Two, """ "channel":"/notices/{region}" """, "PUT", "/live/notices/north%20east", "application/vnd.notice+json")]
    [InlineData(Two, """ "operation":"sendNotice","server":{"name":"web","variables":{"stage":"test"}} """, "PUT", "/test/notices/north%20east", "application/vnd.notice+json")]
    [InlineData(Three, """ "operation":"sendNotice","protocol":"http","server":null """, "POST", "/live/notices", "text/plain")]
    [InlineData(Three, """ "operation":"sendNarrow" """, "PATCH", "/other/narrow", "application/json")]
    public async Task A_message_goes_to_the_channels_address_at_its_server(string document, string call, string method, string path, string type)
    {
        await using var service = await BrokerAsync(document);
        using var caller = new Caller();
        var output = await caller.OutputAsync("asyncapi", Call(service, call));
        Assert.Equal("""{"accepted":true}""", output.ToJson());
        var seen = service.Seen[^1];
        Assert.Equal((method, path, type), (seen.Method, seen.Path, seen.Header("Content-Type")));
        Assert.Equal("""{"text":"hi"}""", seen.Body);
        Assert.Equal(("1", "Bearer abc"), (seen.Header("X-Kind"), seen.Header("Authorization")));
        Assert.NotNull(seen.Header("Idempotency-Key"));
        Assert.Null(service.Seen[0].Header("Authorization"));
    }

    [Theory]
    [InlineData(Two, """ "channel":"/queue" """, "by http and https only, not by kafka")]
    [InlineData(Two, """ "channel":"/queue","server":{"name":"broker"} """, "not by kafka")]
    [InlineData(Two, """ "channel":"/queue","server":{"name":"web"} """, "no server 'web'")]
    [InlineData(Two, """ "operation":"sendNotice","protocol":"mqtt" """, "not by mqtt")]
    [InlineData(Two, """ "operation":"sendNotices" """, "did you mean 'sendNotice'?")]
    [InlineData(Two, """ "channel":"/silent" """, "no publish operation")]
    [InlineData(Two, """ "operation":"tell" """, "needs a value for 'who'")]
    [InlineData(Three, """ "operation":"sendNotise" """, "did you mean 'sendNotice'?")]
    [InlineData(Three, """ "channel":"notices" """, "name its operation")]
    [InlineData(Three, """ "operation":"sendNotice","server":{"name":"wep"} """, "did you mean 'web'?")]
    [InlineData("asyncapi: 1.2.0", """ "channel":"x" """, "no version that is known")]
    public async Task What_cannot_be_published_to_is_a_configuration_error(string document, string call, string says) =>
        await FailsAsync(document, call, "/configuration", says);

    [Theory]
    [InlineData(""" "operation":"sendNotice","server":{"name":"web","variables":{"stage":"prod"}} """, "does not allow")]
    [InlineData(""" "operation":"sendNotice","server":{"name":"web","variables":{"stag":"live"}} """, "did you mean 'stage'?")]
    public async Task A_variable_that_does_not_fit_is_a_validation_error(string call, string says) => await FailsAsync(Two, call, "/validation", says);

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("evil.example?")]
    [InlineData("evil.example#")]
    [InlineData("evil.example\\\\")]
    [InlineData("me@evil.example:80")]
    [InlineData("evil.example%2f")]
    [InlineData("evil.example:80")]
    [InlineData("{stage}")]
    [InlineData("evil example")]
    [InlineData("evil\\u0000")]
    [InlineData("127.0.0.1:1/")]
    public async Task A_variables_value_does_not_leave_its_place_and_choose_another_host(string tenant)
    {
        await FailsAsync(Three, $$$""" "operation":"sendElsewhere","server":{"name":"tenants","variables":{"tenant":"{{{tenant}}}"} } """, "/validation", "would change the address around it");
        await FailsAsync(Three, $$$""" "operation":"sendElsewhere","server":{"name":"tenants","variables":{"tenant":"a","stage":"{{{tenant}}}"} } """, "/validation", "would change the address around it");
    }

    [Fact]
    public async Task The_document_may_give_a_host_with_its_port()
    {
        await using var service = await BrokerAsync(Three);
        using var caller = new Caller();
        var host = new Uri(service.Address).Authority;
        await caller.OutputAsync("asyncapi", Call(service, """ "operation":"sendToPort" """));
        await caller.OutputAsync("asyncapi", Call(service, $$$""" "operation":"sendToPort","server":{"name":"ports","variables":{"where":"{{{host}}}"} } """));
        Assert.Equal(["/x", "/x"], service.Seen.Where(static s => s.Path != "/asyncapi").Select(static s => s.Path));
    }

    [Theory]
    [InlineData(""" "operation":"sendNowhere" """, "no absolute http or https address")]
    [InlineData(""" "operation":"climb" """, "'.' or '..'")]
    [InlineData(""" "operation":"sendElsewhere","server":{"name":"tenants","variables":{"tenant":"a","stage":".."} } """, "'.' or '..'")]
    public async Task An_address_that_is_none_or_climbs_is_a_validation_error(string call, string says) => await FailsAsync(Three, call, "/validation", says);

    private static async Task FailsAsync(string document, string call, string type, string says)
    {
        await using var service = await BrokerAsync(document);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("asyncapi", Call(service, call));
        Assert.EndsWith(type, error.Type, StringComparison.Ordinal);
        Assert.Contains(says, error.Detail, StringComparison.Ordinal);
        Assert.Single(service.Seen);
    }

    private static async Task<StubService> BrokerAsync(string document)
    {
        StubService? service = null;
        return service = await StubService.StartAsync((http, seen) => seen.Path == "/asyncapi"
            ? http.Response.SendAsync(document.Replace("HOST", service!.Address, StringComparison.Ordinal).Replace("BARE", new Uri(service.Address).Authority, StringComparison.Ordinal), "application/yaml")
            : http.Response.SendAsync("""{"accepted":true}""", status: 202));
    }

    private static string Call(StubService service, string call) => $$$"""
        {"document":{"endpoint":{"uri":"{{{service.Address}}}/asyncapi"} },{{{call}}},
         "message":{"headers":{"X-Kind":1},"payload":{"text":"hi"} },"authentication":{"bearer":{"token":"abc"} } }
        """;
}
