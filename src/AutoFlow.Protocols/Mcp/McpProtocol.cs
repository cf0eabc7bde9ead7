using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.Protocols.Authentication;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AutoFlow.Protocols.Mcp;

/// <summary>
/// A method of a Model Context Protocol server over streamable HTTP (OWS dsl-reference.md, "MCP Call"). Arguments:
/// <c>{ protocolVersion?, method, parameters?, timeout?, transport: { http: { endpoint, headers? } }, client?: { name, version } }</c>.
/// The output is the JSON-RPC result; a tool's result that says it is an error is one.
/// </summary>
internal sealed class McpProtocol(Connections connections, Authorizations authorizations, IOptions<ProtocolOptions> options, TimeProvider time) : IProtocol
{
    private const string DefaultVersion = "2025-06-18";
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    /// <inheritdoc />
    public string Name => Workflows.Execution.Protocols.Mcp;

    /// <inheritdoc />
    public async Task<JqValue> CallAsync(ProtocolRequest request, CancellationToken cancellation)
    {
        var arguments = request.Arguments;
        if (Limit(arguments["timeout"]) is not { } limit) return await SendAsync(request, cancellation);
        using var tooSlow = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooSlow.Token, cancellation);
        try
        {
            return await SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (tooSlow.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Failures.Timeout(string.Create(CultureInfo.InvariantCulture, $"the call took longer than the {limit.TotalSeconds:0.###} seconds of its timeout"));
        }
    }

    private async Task<JqValue> SendAsync(ProtocolRequest request, CancellationToken cancellation)
    {
        var arguments = request.Arguments;
        var http = arguments["transport"]["http"];
        if (http.IsNull) throw Failures.Configuration("an MCP server is called by the transport http only");
        var uri = HttpFields.Address(http["endpoint"], "the MCP server");
        var call = new JsonRpcRequest { Method = arguments["method"].AsString() ?? "", Params = Parameters(arguments["parameters"]) };
        using var client = connections.Open(uri, authorizations.For(http["endpoint"]["authentication"], request.Secrets), options.Value.LargestAnswer, new ShortGoodbye());
        try
        {
            await using var session = await ConnectAsync(client, uri, arguments, HttpFields.Headers(http["headers"]), cancellation);
            var response = await session.SendRequestAsync(call, cancellation);
            return Result(call.Method, JqValue.Parse(response.Result?.ToJsonString() ?? "null"), uri, request.Secrets);
        }
        catch (McpProtocolException e)
        {
            throw Failures.Runtime($"the MCP server at {HttpCallAnswer.OriginOf(uri)} answered with the error {(int)e.ErrorCode}: {Failures.Shown(e.Message, request.Secrets)}");
        }
        catch (HttpRequestException e) when (e.StatusCode is { } status)
        {
            throw Failures.Communication((int)status, $"HTTP {(int)status}", $"the MCP server at {HttpCallAnswer.OriginOf(uri)} answered {(int)status}");
        }
        catch (Exception e) when (NetworkFailure.Of(e, uri) is { } failure)
        {
            throw failure;
        }
        catch (Exception e) when (e is McpException or JsonException or FormatException or InvalidOperationException)
        {
            throw Failures.BadAnswer($"the MCP server at {HttpCallAnswer.OriginOf(uri)} does not speak the protocol as agreed: {Failures.Shown(e.Message, request.Secrets)}");
        }
        catch (TimeoutException)
        {
            throw NetworkFailure.TooSlow(options.Value.Timeout);
        }
    }

    private async Task<McpClient> ConnectAsync(
        HttpClient client, Uri uri, JqValue arguments, IReadOnlyList<(string Name, string Value)> headers, CancellationToken cancellation)
    {
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = uri,
                TransportMode = HttpTransportMode.StreamableHttp,
                EnableStandaloneGetStream = false,
                MaxReconnectionAttempts = 0,
                AdditionalHeaders = headers.GroupBy(static h => h.Name, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(static g => g.Key, static g => string.Join(", ", g.Select(static h => h.Value)), StringComparer.OrdinalIgnoreCase), // RFC 9110 §5.3
            },
            client,
            NullLoggerFactory.Instance);
        var settings = new McpClientOptions
        {
            ClientInfo = new Implementation
            {
                Name = arguments["client"]["name"].AsString() ?? "AutoFlow",
                Version = arguments["client"]["version"].AsString() ?? "1.0.0",
            },
            ProtocolVersion = HttpFields.Scalar(arguments["protocolVersion"]) ?? DefaultVersion,
            InitializationTimeout = options.Value.Timeout,
        };
        return await McpClient.CreateAsync(transport, settings, NullLoggerFactory.Instance, cancellation);
    }

    private static JqValue Result(string method, JqValue result, Uri uri, RevealedSecrets secrets)
    {
        if (method != RequestMethods.ToolsCall || !result["isError"].IsTruthy) return result;
        var texts = result["content"].Items.Select(static c => c["text"].AsString()).OfType<string>();
        throw Failures.Runtime($"the tool of the MCP server at {HttpCallAnswer.OriginOf(uri)} failed: {Failures.Shown(string.Join(' ', texts), secrets)}");
    }

    private static JsonNode? Parameters(JqValue parameters) => parameters.Kind switch
    {
        JqKind.Null => null,
        JqKind.Object => JsonNode.Parse(parameters.ToJson(), documentOptions: Deep),
        _ => throw Failures.Validation($"the parameters of an MCP method are an object, not {parameters.TypeName}"),
    };

    private static TimeSpan? Limit(JqValue timeout) => timeout.IsNull
        ? null
        : Durations.FromJson(timeout) ?? throw Failures.Validation("the timeout of the MCP call is no duration; write it as PT30S");

    /// <summary>Limits how long the end of a session may take; its failure is nobody's loss.</summary>
    private sealed class ShortGoodbye : DelegatingHandler
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Delete) return await base.SendAsync(request, cancellationToken);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            end.CancelAfter(Limit);
            return await base.SendAsync(request, end.Token);
        }
    }
}
