using AutoFlow.Protocols.Tests.Fakes;

namespace AutoFlow.Protocols.Tests.OpenApi;

/// <summary>A shop that serves its description at <c>/docs/openapi</c> and answers every other request with <c>{}</c>.</summary>
internal sealed class ShopStub : IAsyncDisposable
{
    public required StubService Service { get; init; }

    public string Document { get; set; } = PetShop.Two;

    public string? Tag { get; set; }

    /// <summary>The requests that were no request for the description.</summary>
    public IReadOnlyList<SeenRequest> Calls => [.. Service.Seen.Where(static s => s.Path is not ("/docs/openapi" or "/docs/moved"))];

    public int Fetches => Service.Seen.Count(static s => s.Path == "/docs/openapi");

    public static async Task<ShopStub> StartAsync(string document)
    {
        ShopStub? stub = null;
        var service = await StubService.StartAsync((http, seen) =>
        {
            if (seen.Path == "/docs/moved")
            {
                http.Response.Headers.Location = "openapi";
                return http.Response.SendAsync("", null, 302);
            }

            if (seen.Path != "/docs/openapi") return http.Response.SendAsync("{}");
            if (stub!.Tag is null) return http.Response.SendAsync(stub.Document, "text/plain");
            http.Response.Headers.ETag = stub.Tag;
            return seen.Header("If-None-Match") == stub.Tag ? http.Response.SendAsync("", null, 304) : http.Response.SendAsync(stub.Document, "text/plain");
        });
        return stub = new ShopStub { Service = service, Document = document.Replace("HOST", service.Address, StringComparison.Ordinal) };
    }

    public string Call(string operation, string parameters, string path = "/docs/openapi", string more = "") =>
        $$$"""{"document":{"endpoint":{"uri":"{{{Service.Address}}}{{{path}}}"} },"operationId":"{{{operation}}}","parameters":{{{parameters}}},"output":"content","redirect":false{{{more}}} }""";

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
