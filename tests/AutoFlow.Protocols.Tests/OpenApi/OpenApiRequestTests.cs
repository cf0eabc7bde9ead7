using AutoFlow.Protocols.Tests.Fakes;

namespace AutoFlow.Protocols.Tests.OpenApi;

public sealed class OpenApiRequestTests
{
    [Theory]
    [InlineData("findPetsByStatus", """{"status":["sold","a b"],"limit":3}""", "GET", "/v2/pet/findByStatus", "?status=sold&status=a%20b&limit=3", "")]
    [InlineData("findPetsByStatus", """{"status":"sold","tags":["a","b,c"]}""", "GET", "/v2/pet/findByStatus", "?status=sold&tags=a%7Cb%2Cc", "")]
    [InlineData("getPetById", """{"petId":"1/2"}""", "GET", "/v2/pet/1%2F2", "", "")]
    [InlineData("addPet", """{"pet":{"name":"Rex"}}""", "POST", "/v2/pet", "", """{"name":"Rex"}""")]
    [InlineData("addPet", """{"body":{"name":"Rex"}}""", "POST", "/v2/pet", "", """{"name":"Rex"}""")]
    [InlineData("addPet", """{"name":"Rex","age":3}""", "POST", "/v2/pet", "", """{"name":"Rex","age":3}""")]
    [InlineData("updatePetWithForm", """{"petId":1,"name":"A B","tags":["x","y"]}""", "POST", "/v2/pet/1", "", "name=A%20B&tags=x%2Cy")]
    public async Task Version_2_puts_parameters_where_it_says(string operation, string parameters, string method, string path, string query, string body)
    {
        await using var shop = await ShopStub.StartAsync(PetShop.Two);
        using var caller = new Caller();
        Assert.Equal("{}", (await caller.OutputAsync("openapi", shop.Call(operation, parameters))).ToJson());
        var seen = Assert.Single(shop.Calls);
        Assert.Equal((method, path, query, body), (seen.Method, seen.Path, seen.Query, seen.Body));
        Assert.Equal("application/json", seen.Header("Accept"));
        Assert.Equal(method == "POST", seen.Header("Idempotency-Key") is not null);
    }

    [Theory]
    [InlineData("getOrder", """{"id":7,"kinds":["a","b"],"filter":{"state":"open","of":1},"sort":["x","y"],"words":["p","q"],"range":{"from":1,"to":2},"where":{"a":[1]}}""",
        "/docs/api/v3/orders/7/a,b", "?filter%5Bstate%5D=open&filter%5Bof%5D=1&sort=x,y&words=p%20q&from=1&to=2&where=%7B%22a%22%3A%5B1%5D%7D", "")]
    [InlineData("placeOrder", """{"dryRun":true,"body":{"id":1}}""", "/elsewhere/orders", "?dryRun=true", """{"id":1}""")]
    [InlineData("placeOrder", """{"dryRun":null,"id":1}""", "/elsewhere/orders", "", """{"id":1}""")]
    [InlineData("sendForm", """{"a":"1 2","b":[3,4]}""", "/docs/api/v3/form", "", "a=1%202&b=3&b=4")]
    public async Task Version_3_writes_each_style(string operation, string parameters, string path, string query, string body)
    {
        await using var shop = await ShopStub.StartAsync(PetShop.Three);
        using var caller = new Caller();
        await caller.OutputAsync("openapi", shop.Call(operation, parameters));
        var seen = Assert.Single(shop.Calls);
        Assert.Equal((path, query, body), (seen.Path, seen.Query, seen.Body));
    }

    [Fact]
    public async Task Headers_cookies_keys_and_authentication_are_sent()
    {
        await using var shop = await ShopStub.StartAsync(PetShop.Three);
        using var caller = new Caller();
        await caller.OutputAsync("openapi", shop.Call("getOrder", """{"id":1,"kinds":"a","X-Trace":["t","u"],"session":"s 1"}""", more: ""","authentication":{"bearer":{"token":"abc"} }"""));
        var seen = shop.Calls[0];
        Assert.Equal(("t,u", "session=s%201", "Bearer abc", "application/vnd.order+json"), (seen.Header("X-Trace"), seen.Header("Cookie"), seen.Header("Authorization"), seen.Header("Accept")));
        Assert.Null(shop.Service.Seen[0].Header("Authorization"));

        await using var keyed = await ShopStub.StartAsync(PetShop.Two);
        await caller.OutputAsync("openapi", keyed.Call("getPetById", """{"petId":1,"X-Api-Key":"k"}"""));
        Assert.Equal("k", keyed.Calls[0].Header("X-Api-Key"));
    }

    [Theory]
    [InlineData("findPetsByStatus", """{"limt":1}""", "the parameter 'status' is missing; the operation has no parameter 'limt'; did you mean 'limit'?")]
    [InlineData("getPetById", """{}""", "the parameter 'petId' is missing")]
    [InlineData("getPetById", """{"petId":".."}""", "cannot stand in a path")]
    [InlineData("getPetById", """{"petId":{"a":{}}}""", "holds object")]
    [InlineData("addPet", """{}""", "the body is missing; give it as the parameter 'pet'")]
    [InlineData("addPet", """{"pet":{},"x":1}""", "no parameter 'x'")]
    public async Task Parameters_that_do_not_fit_are_one_validation_error(string operation, string parameters, string says)
    {
        await using var shop = await ShopStub.StartAsync(PetShop.Two);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("openapi", shop.Call(operation, parameters));
        Assert.EndsWith("/validation", error.Type, StringComparison.Ordinal);
        Assert.Contains(says, error.Detail, StringComparison.Ordinal);
        Assert.Empty(shop.Calls);
    }

    [Theory]
    [InlineData(PetShop.Two, "findPetByStatus", "did you mean 'findPetsByStatus'?")]
    [InlineData(PetShop.Two, "uploadImage", "multipart/form-data")]
    [InlineData(PetShop.Three, "goRound", "in a circle")]
    [InlineData(PetShop.Three, "goFar", "another document")]
    [InlineData(PetShop.Three, "goLabel", "the style 'label'")]
    [InlineData("{\"openapi\":\"3.0.0\",\"servers\":[{\"url\":\"ftp://files.example\"}],\"paths\":{\"/x\":{\"get\":{\"operationId\":\"x\",\"parameters\":[{\"name\":\"petId\",\"in\":\"query\"},{\"name\":\"file\",\"in\":\"query\"}]}}}}", "x", "'ftp:' is no address of a service")]
    [InlineData("{\"openapi\":\"4.0\"}", "x", "no version that is known")]
    [InlineData("[1]", "x", "is array, not an object")]
    [InlineData("{\"a\":", "x", "no JSON")]
    [InlineData("a: [", "x", "no YAML that can be read: line")]
    public async Task A_document_that_does_not_fit_is_a_configuration_error(string document, string operation, string says)
    {
        await using var shop = await ShopStub.StartAsync(document);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("openapi", shop.Call(operation, """{"petId":1,"file":"x"}"""));
        Assert.EndsWith("/configuration", error.Type, StringComparison.Ordinal);
        Assert.Contains(says, error.Detail, StringComparison.Ordinal);
        Assert.Empty(shop.Calls);
    }
}
