using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AutoFlow.Protocols.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AutoFlow.Protocols.Tests.Mcp;

/// <summary>An MCP server with sessions, made of the same package as the client.</summary>
internal sealed class ToolServer : IAsyncDisposable
{
    private const string SessionHeader = "Mcp-Session-Id";
    private readonly ConcurrentDictionary<string, StreamableHttpServerTransport> _sessions = new();

    public required StubService Service { get; init; }

    public int OpenSessions => _sessions.Count;

    /// <summary>The headers of the requests with messages in them, and the messages' methods.</summary>
    public IReadOnlyList<(string Method, SeenRequest Request)> Messages =>
        [.. Service.Seen.Where(static s => s.Method == "POST").Select(static s => (JsonDocument.Parse(s.Body).RootElement.GetProperty("method").GetString()!, s))];

    public static async Task<ToolServer> StartAsync()
    {
        ToolServer? server = null;
        var service = await StubService.StartAsync((http, seen) => server!.AnswerAsync(http, seen));
        return server = new ToolServer { Service = service };
    }

    public string Call(string method, string parameters, string more = "") => $$$"""
        {"method":"{{{method}}}","parameters":{{{parameters}}},"transport":{"http":{"endpoint":{"uri":"{{{Service.Address}}}/mcp","authentication":{"bearer":{"token":"abc"} } },"headers":{"X-Shop":"one"} } }{{{more}}} }
        """;

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values) await session.DisposeAsync();
        await Service.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http, SeenRequest seen)
    {
        var id = seen.Header(SessionHeader);
        if (seen.Method == "DELETE" && id is not null && _sessions.TryRemove(id, out var ended))
        {
            await ended.DisposeAsync();
            return;
        }

        if (seen.Method != "POST")
        {
            http.Response.StatusCode = 405;
            return;
        }

        var transport = id is null ? Open(id = Guid.NewGuid().ToString("N")) : _sessions[id];
        http.Response.Headers[SessionHeader] = id;
        http.Response.ContentType = "text/event-stream";
        var message = JsonSerializer.Deserialize<JsonRpcMessage>(Encoding.UTF8.GetBytes(seen.Body), McpJsonUtilities.DefaultOptions)!;
        if (await transport.HandlePostRequestAsync(message, http.Response.Body, http.RequestAborted)) return;
        (http.Response.StatusCode, http.Response.ContentType) = (202, null);
    }

    private StreamableHttpServerTransport Open(string id)
    {
        var transport = _sessions[id] = new StreamableHttpServerTransport { SessionId = id };
        var server = McpServer.Create(transport, new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "shop", Version = "1" },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = static (_, _) => new(new ListToolsResult { Tools = [new Tool { Name = "echo" }] }),
                CallToolHandler = static (request, _) => request.Params!.Name switch
                {
                    "echo" => new(Result($"you said {request.Params.Arguments!["text"]}", isError: false)),
                    "break" => new(Result("the order is gone", isError: true)),
                    _ => throw new McpProtocolException("no such tool", McpErrorCode.InvalidParams),
                },
                ListPromptsHandler = static (_, _) => new(new ListPromptsResult { Prompts = [new Prompt { Name = "greet" }] }),
                ReadResourceHandler = static (request, _) =>
                    new(new ReadResourceResult { Contents = [new TextResourceContents { Uri = request.Params!.Uri, Text = "the terms" }] }),
            },
        });
        _ = server.RunAsync(CancellationToken.None);
        return transport;
    }

    private static CallToolResult Result(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
