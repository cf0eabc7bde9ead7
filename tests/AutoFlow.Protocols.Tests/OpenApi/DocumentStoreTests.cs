using AutoFlow.Protocols.Tests.Fakes;

namespace AutoFlow.Protocols.Tests.OpenApi;

public sealed class DocumentStoreTests
{
    private const string Pet = """{"petId":1}""";

    [Fact]
    public async Task A_document_is_kept_for_five_minutes_and_then_asked_for_by_its_tag()
    {
        await using var shop = await ShopStub.StartAsync(PetShop.Two);
        shop.Tag = "\"one\"";
        using var caller = new Caller();
        await caller.OutputAsync("openapi", shop.Call("getPetById", Pet));
        caller.Time.Advance(TimeSpan.FromSeconds(299));
        await caller.OutputAsync("openapi", shop.Call("getPetById", Pet));
        Assert.Equal(1, shop.Fetches);
        caller.Time.Advance(TimeSpan.FromSeconds(1));
        await caller.OutputAsync("openapi", shop.Call("getPetById", Pet));
        await caller.OutputAsync("openapi", shop.Call("getPetById", Pet));
        Assert.Equal(2, shop.Fetches);
        Assert.Equal("\"one\"", shop.Service.Seen.Last(static s => s.Path == "/docs/openapi").Header("If-None-Match"));
    }

    [Fact]
    public async Task A_document_that_has_changed_is_used()
    {
        await using var shop = await ShopStub.StartAsync(PetShop.Two);
        shop.Tag = "\"one\"";
        using var caller = new Caller();
        await caller.OutputAsync("openapi", shop.Call("getPetById", Pet));
        (shop.Tag, shop.Document) = ("\"two\"", PetShop.Two.Replace("\"/v2\"", "\"/v9\"", StringComparison.Ordinal));
        caller.Time.Advance(TimeSpan.FromMinutes(5));
        await caller.OutputAsync("openapi", shop.Call("getPetById", Pet));
        Assert.Equal(["/v2/pet/1", "/v9/pet/1"], shop.Calls.Select(static c => c.Path));
    }

    [Fact]
    public async Task A_document_that_has_moved_is_found_and_credentials_do_not_go_to_another_host()
    {
        await using var shop = await ShopStub.StartAsync(PetShop.Two);
        await using var old = await StubService.StartAsync((http, _) =>
        {
            http.Response.Headers.Location = shop.Service.Address + "/docs/moved";
            return http.Response.SendAsync("", null, 301);
        });
        using var caller = new Caller();
        await caller.OutputAsync("openapi", $$$"""
            {"document":{"endpoint":{"uri":"{{{old.Address}}}","authentication":{"bearer":{"token":"abc"} } } },"operationId":"getPetById","parameters":{{{Pet}}} }
            """);
        Assert.Equal("Bearer abc", old.Seen[0].Header("Authorization"));
        Assert.Equal(["/docs/moved", "/docs/openapi", "/v2/pet/1"], shop.Service.Seen.Select(static s => s.Path));
        Assert.All(shop.Service.Seen, static s => Assert.Null(s.Header("Authorization")));
    }

    [Fact]
    public async Task A_redirect_to_a_metadata_address_is_refused()
    {
        await using var service = await StubService.StartAsync(static (http, _) =>
        {
            http.Response.Headers.Location = "http://169.254.169.254/latest/meta-data";
            return http.Response.SendAsync("", null, 302);
        });
        using var caller = new Caller();
        var error = await caller.ErrorAsync("openapi", $$$"""{"document":{"endpoint":{"uri":"{{{service.Address}}}"} },"operationId":"x"}""");
        Assert.EndsWith("/authorization", error.Type, StringComparison.Ordinal);
        Assert.Equal(403, error.Status);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        await using var service = await StubService.StartAsync(static (http, _) =>
        {
            http.Response.Headers.Location = "/again";
            return http.Response.SendAsync("", null, 302);
        });
        using var caller = new Caller();
        var error = await caller.ErrorAsync("openapi", $$$"""{"document":{"endpoint":{"uri":"{{{service.Address}}}"} },"operationId":"x"}""");
        Assert.Equal(502, error.Status);
        Assert.Equal(6, service.Seen.Count);
    }

    [Fact]
    public async Task A_document_that_is_not_there_is_a_communication_error()
    {
        await using var service = await StubService.AnsweringAsync("", null, 404);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("openapi", $$$"""{"document":{"endpoint":{"uri":"{{{service.Address}}}"} },"operationId":"x"}""");
        Assert.EndsWith("/communication", error.Type, StringComparison.Ordinal);
        Assert.Equal(404, error.Status);
    }
}
