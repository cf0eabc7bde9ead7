using System.Net;
using AutoFlow.EmbeddedHost.Hosting;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.EmbeddedHost.Tests.Hosting;

public sealed class FunctionKeyTests
{
    public static class Guarded
    {
        [Function("Open")]
        public static IActionResult Open([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkResult();

        [Function("Keyed")]
        public static IActionResult Keyed([HttpTrigger(AuthorizationLevel.Function)] HttpRequest request) => new OkResult();

        [Function("Admin")]
        public static IActionResult Admin([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) => new OkResult();
    }

    [Theory]
    [InlineData("Open", "none", HttpStatusCode.OK)]
    [InlineData("Keyed", "none", HttpStatusCode.Unauthorized)]
    [InlineData("Keyed", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Keyed", "host", HttpStatusCode.OK)]
    [InlineData("Keyed", "master", HttpStatusCode.OK)]
    [InlineData("Admin", "none", HttpStatusCode.Unauthorized)]
    [InlineData("Admin", "host", HttpStatusCode.Unauthorized)]
    [InlineData("Admin", "master", HttpStatusCode.OK)]
    public async Task A_level_opens_to_its_keys_only(string function, string key, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync(typeof(Guarded));
        var keys = await KeysOf(host);
        var value = key switch { "host" => keys.Default, "master" => keys.Master, "wrong" => keys.Default + "x", _ => null };

        using var byHeader = new HttpRequestMessage(HttpMethod.Get, $"api/{function}");
        if (value is not null)
            byHeader.Headers.Add("x-functions-key", value);
        Assert.Equal(expected, (await host.Client.SendAsync(byHeader)).StatusCode);
        Assert.Equal(expected, (await host.Client.GetAsync($"api/{function}?code={value}")).StatusCode);
    }

    [Fact]
    public async Task A_function_s_own_key_opens_that_function_only()
    {
        await using var host = await TestHost.StartAsync(typeof(Guarded));
        var ring = new FunctionKeyRing("master-key", "default-key", [("", "default-key"), ("Keyed", "own-key")]);

        Assert.True(ring.OpensFunction("keyed", "own-key"));
        Assert.False(ring.OpensFunction("Other", "own-key"));
        Assert.False(ring.OpensEverything("own-key"));
        Assert.NotEqual(ring.Default, (await KeysOf(host)).Default);
    }

    [Fact]
    public async Task Keys_are_made_once_and_are_long_and_random()
    {
        await using var first = HostDatabase.Open(":memory:");
        await using var second = HostDatabase.Open(":memory:");

        var made = await FunctionKeys.LoadAsync(first, CancellationToken.None);
        var again = await FunctionKeys.LoadAsync(first, CancellationToken.None);
        var elsewhere = await FunctionKeys.LoadAsync(second, CancellationToken.None);

        Assert.Equal(made.Default, again.Default);
        Assert.Equal(made.Master, again.Master);
        Assert.NotEqual(made.Default, elsewhere.Default);
        Assert.NotEqual(made.Default, made.Master);
        Assert.True(made.Default.Length >= 40);
        Assert.Matches("^[A-Za-z0-9_-]+$", made.Default);
    }

    private static Task<FunctionKeyRing> KeysOf(TestHost host) =>
        FunctionKeys.LoadAsync(host.Services.GetRequiredService<HostDatabase>(), CancellationToken.None);
}
