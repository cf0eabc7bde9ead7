using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Tests.Hosting;

public sealed class HttpFunctionTests
{
    public sealed record Order(string Number, int Parcels);

    public sealed class Routes(Greeting greeting)
    {
        [Function("Hello")]
        public string Hello([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, string? name) => greeting.To(name ?? "nobody");

        [Function("Parcel")]
        public static string Parcel(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{order:int}/parcels/{parcel:guid?}")] HttpRequest request,
            int order,
            Guid? parcel) => $"{order} {parcel}";

        [Function("Days")]
        public static string Days([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, int days) => $"{days} days";

        [Function("Create")]
        public static IActionResult Create(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders")] HttpRequest request,
            [Microsoft.Azure.Functions.Worker.Http.FromBody] Order order) => new CreatedResult($"/orders/{order.Number}", order);

        [Function("Fail")]
        public static Task<IActionResult> Fail([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            throw new InvalidOperationException("secret of the inside");

        [Function("Context")]
        public static string Context([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context, CancellationToken ct) =>
            $"{context.FunctionDefinition.Name} {context.GetHttpContext() == request.HttpContext} {context.CancellationToken == ct} {context.BindingContext.BindingData.Count}";
    }

    public sealed class Greeting(TimeProvider time)
    {
        public string To(string name) => time is null ? string.Empty : $"Hello {name}";
    }

    public static class Home
    {
        [Function("Home")]
        public static string Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{ignored:maxlength(0)?}")] HttpRequest request) => "home";
    }

    public sealed class Results
    {
        [Function("Ok")]
        public static IActionResult Ok([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkObjectResult(new Order("A1", 2));

        [Function("JsonAnswer")]
        public static IActionResult JsonAnswer([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new JsonResult(new Order("A1", 2));

        [Function("Page")]
        public static IActionResult Page([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new ContentResult { Content = "<p>ok</p>", ContentType = "text/html; charset=utf-8" };

        [Function("File")]
        public static IActionResult File([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new FileContentResult("a,b"u8.ToArray(), "text/csv") { FileDownloadName = "x.csv" };

        [Function("Status")]
        public static Task<IActionResult> Status([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            Task.FromResult<IActionResult>(new StatusCodeResult(418));

        [Function("Minimal")]
        public static async ValueTask<IResult> Minimal([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            return Microsoft.AspNetCore.Http.Results.Accepted("/later");
        }

        [Function("Text")]
        public static Task<string> Text([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Task.FromResult("text");

        [Function("Poco")]
        public static async Task<Order> Poco([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            return new Order("A1", 2);
        }

        [Function("Nothing")]
        public static async Task Nothing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => await Task.Yield();
    }

    private static readonly TestHostSetup WithGreeting = new()
    {
        Configure = static builder => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<Greeting>(builder.Services),
    };

    [Theory]
    [InlineData("api/Hello?name=Ana", HttpStatusCode.OK, "Hello Ana")]
    [InlineData("api/hello", HttpStatusCode.OK, "Hello nobody")]
    [InlineData("api/orders/7/parcels", HttpStatusCode.OK, "7 ")]
    [InlineData("api/orders/7/parcels/6f9619ff-8b86-d011-b42d-00c04fc964ff", HttpStatusCode.OK, "7 6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("api/orders/seven/parcels", HttpStatusCode.NotFound, null)]
    [InlineData("Hello", HttpStatusCode.NotFound, null)]
    [InlineData("api/orders", HttpStatusCode.MethodNotAllowed, null)]
    [InlineData("api/days?days=3", HttpStatusCode.OK, "3 days")]
    [InlineData("api/days", HttpStatusCode.BadRequest, null)]
    [InlineData("api/days?days=soon", HttpStatusCode.BadRequest, null)]
    [InlineData("api/context", HttpStatusCode.OK, "Context True True 0")]
    public async Task Routes_and_queries_reach_the_function(string path, HttpStatusCode status, string? text)
    {
        await using var host = await TestHost.StartAsync(WithGreeting, typeof(Routes));

        var response = await host.Client.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
        if (text is not null)
            Assert.Equal(text, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_empty_prefix_and_an_empty_optional_route_serve_the_root()
    {
        var setup = new TestHostSetup { HostJson = """{ "version": "2.0", "extensions": { "http": { "routePrefix": "" } } }""" };
        await using var host = await TestHost.StartAsync(setup, typeof(Home));

        Assert.Equal("home", await host.Client.GetStringAsync("/"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/other")).StatusCode);
    }

    [Theory]
    [InlineData("Ok", 200, "application/json", """{"number":"A1","parcels":2}""")]
    [InlineData("JsonAnswer", 200, "application/json", """{"number":"A1","parcels":2}""")]
    [InlineData("Page", 200, "text/html", "<p>ok</p>")]
    [InlineData("File", 200, "text/csv", "a,b")]
    [InlineData("Status", 418, null, "")]
    [InlineData("Minimal", 202, null, "")]
    [InlineData("Text", 200, "text/plain", "text")]
    [InlineData("Poco", 200, "application/json", """{"number":"A1","parcels":2}""")]
    [InlineData("Nothing", 204, null, "")]
    public async Task Every_kind_of_result_becomes_its_answer(string function, int status, string? mediaType, string body)
    {
        await using var host = await TestHost.StartAsync(typeof(Results));

        var response = await host.Client.GetAsync($"api/{function}");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_is_read_as_json()
    {
        await using var host = await TestHost.StartAsync(WithGreeting, typeof(Routes));

        var response = await host.Client.PostAsJsonAsync("api/orders", new Order("B2", 1));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(new Order("B2", 1), await response.Content.ReadFromJsonAsync<Order>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"number\": ")]
    [InlineData("{ \"number\": \"A\", \"parcels\": \"many\" }")]
    public async Task A_body_that_does_not_fit_is_one_clear_error_without_the_data(string json)
    {
        await using var host = await TestHost.StartAsync(WithGreeting, typeof(Routes));

        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var response = await host.Client.PostAsync("api/orders", content);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("'order'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("many", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused()
    {
        var setup = WithGreeting with { Args = ["--FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "1000"] };
        await using var host = await TestHost.StartAsync(setup, typeof(Routes));

        using var content = new StringContent(new string(' ', 2000), Encoding.UTF8, "application/json");
        var response = await host.Client.PostAsync("api/orders", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_failure_is_a_problem_with_the_id_that_the_log_has_and_nothing_of_the_inside()
    {
        await using var host = await TestHost.StartAsync(WithGreeting, typeof(Routes));

        var response = await host.Client.GetAsync("api/fail");
        var text = await response.Content.ReadAsStringAsync();
        var id = JsonDocument.Parse(text).RootElement.GetProperty("invocationId").GetString()!;

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.Contains(host.Log.Lines, line => line.Contains(id, StringComparison.Ordinal) && line.StartsWith("Error", StringComparison.Ordinal));
    }
}
