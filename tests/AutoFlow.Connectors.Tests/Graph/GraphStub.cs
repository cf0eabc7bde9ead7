using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Connectors.Tests.Graph;

/// <summary>Graph's message resource over real HTTP: one mailbox in memory, its answers shaped as Graph documents them.</summary>
internal sealed partial class GraphStub : IAsyncDisposable
{
    public const string Mailbox = "support@shop.example.com";
    public const string Token = "stub-token";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Method, string PathPart, Func<HttpContext, Task> Answer)> faults = new();
    private int created;

    private GraphStub(WebApplication app) => this.app = app;

    public Uri BaseUrl => new(app.Urls.Single() + "/v1.0");

    /// <summary>The mailbox by id. A sent message has isDraft false.</summary>
    public ConcurrentDictionary<string, JsonObject> Messages { get; } = new();

    /// <summary>Ids in the order in which they were sent; an id twice is a mail sent twice.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>Every request as <c>METHOD path?query</c>, decoded.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Values of Prefer that came.</summary>
    public ConcurrentQueue<string> Prefers { get; } = new();

    public static async Task<GraphStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var stub = new GraphStub(builder.Build());
        stub.Map();
        await stub.app.StartAsync();
        return stub;
    }

    /// <summary>The next request of that method whose path has that part gets this answer instead.</summary>
    public void FailNext(string method, string pathPart, int status, string code, string? retryAfter = null) => faults.Enqueue((method, pathPart, context =>
    {
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return ErrorAsync(context, status, code);
    }
    ));

    /// <summary>The next request of that method is answered with something else than Graph's JSON, as a proxy does.</summary>
    public void BreakNext(string method, string pathPart, int status, string contentType, string body) => faults.Enqueue((method, pathPart, context =>
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, contentType);
        return context.Response.WriteAsync(body);
    }
    ));

    /// <summary>Puts a received message into the mailbox.</summary>
    public void Receive(string id, JsonObject message)
    {
        message["id"] = id;
        message["isDraft"] ??= false;
        Messages[id] = message;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private void Map()
    {
        app.Use(async (context, next) =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{Uri.UnescapeDataString(context.Request.QueryString.Value ?? "")}");
            foreach (var prefer in context.Request.Headers["Prefer"])
                Prefers.Enqueue(prefer ?? "");
            if (faults.TryPeek(out var fault) && fault.Method == context.Request.Method && context.Request.Path.Value!.Contains(fault.PathPart, StringComparison.Ordinal))
            {
                faults.TryDequeue(out _);
                await fault.Answer(context);
            }
            else if (context.Request.Headers.Authorization != $"Bearer {Token}")
                await ErrorAsync(context, 401, "InvalidAuthenticationToken");
            else
                await next(context);
        });
        var messages = app.MapGroup("/v1.0/users/{user}/messages");
        messages.MapGet("/{id}", (string id) => Messages.TryGetValue(id, out var message) ? Json(message) : NotFound());
        messages.MapGet("/", (HttpRequest request) => Json(new JsonObject
        {
            ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#users('support')/messages(id,isDraft)",
            ["value"] = new JsonArray([.. Find(request.Query["$filter"].ToString()).Select(message => message.DeepClone())]),
        }));
        messages.MapPost("/", async (HttpRequest request) => Json(Create((JsonObject)(await JsonNode.ParseAsync(request.Body))!, []), 201));
        messages.MapPost("/{id}/createReply", async (string id, HttpRequest request) => Messages.TryGetValue(id, out var answered)
            ? Json(Create((JsonObject)(await JsonNode.ParseAsync(request.Body))!["Message"]!, answered), 201)
            : NotFound());
        messages.MapPost("/{id}/send", (string id) =>
        {
            if (!Messages.TryGetValue(id, out var draft) || (bool?)draft["isDraft"] != true)
                return NotFound();
            draft["isDraft"] = false;
            Sent.Enqueue(id);
            return Results.StatusCode(202);
        });
    }

    private JsonObject Create(JsonObject draft, JsonObject answered)
    {
        var message = (JsonObject)draft.DeepClone();
        message["id"] = $"AAkALg-draft-{Interlocked.Increment(ref created)}";
        message["isDraft"] = true;
        message["conversationId"] = answered["conversationId"]?.DeepClone();
        message["createdDateTime"] = "2026-03-02T09:30:00Z";
        Messages[(string)message["id"]!] = message;
        return message;
    }

    private IEnumerable<JsonObject> Find(string filter)
    {
        if (ByMessageId().Match(filter) is { Success: true } id)
            return Messages.Values.Where(message => (string?)message["internetMessageId"] == id.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal));
        if (ByProperty().Match(filter) is { Success: true } property)
            return Messages.Values.Where(message => message["singleValueExtendedProperties"] is JsonArray values && values.Any(value =>
                (string?)value!["id"] == property.Groups[1].Value && (string?)value["value"] == property.Groups[2].Value));
        throw new InvalidOperationException($"The stub does not know the filter {filter}");
    }

    private static IResult NotFound() => Json(Error("ErrorItemNotFound"), 404);

    private static Task ErrorAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(Error(code).ToJsonString());
    }

    private static JsonObject Error(string code) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = code,
            ["message"] = "Something about anna@example.de that must not be logged.",
            ["innerError"] = new JsonObject { ["date"] = "2026-03-02T09:30:00", ["request-id"] = "5d0d4c1e-0000-4000-8000-000000000000", ["client-request-id"] = "5d0d4c1e-0000-4000-8000-000000000000" },
        },
    };

    private static IResult Json(JsonNode node, int status = 200) => Results.Content(node.ToJsonString(), "application/json; charset=utf-8", statusCode: status);

    [GeneratedRegex("^internetMessageId eq '(.*)'$")]
    private static partial Regex ByMessageId();

    [GeneratedRegex("^singleValueExtendedProperties/Any\\(ep: ep/id eq '(.*)' and ep/value eq '(.*)'\\)$")]
    private static partial Regex ByProperty();
}
