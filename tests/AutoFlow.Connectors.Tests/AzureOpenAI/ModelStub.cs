using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Connectors.Tests.AzureOpenAI;

/// <summary>One request as it came.</summary>
internal sealed record StubRequest(string Line, IReadOnlyDictionary<string, string> Headers, JsonObject Body)
{
    /// <summary>The text of a turn.</summary>
    public string Turn(int place) => (string)Body["messages"]![place]!["content"]!;
}

/// <summary>The v1 endpoint over real HTTP; what it answers is set by the test.</summary>
internal sealed class ModelStub : IAsyncDisposable
{
    private readonly WebApplication app;

    private ModelStub(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    /// <summary>How the next request is answered.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>What the stub shows on https; a client has to be told to take it.</summary>
    public static X509Certificate2 Certificate { get; } = SelfSigned();

    /// <param name="tls">On https: tokens of Entra ID are sent nowhere else.</param>
    public static async Task<ModelStub> StartAsync(bool tls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (tls) listen.UseHttps(Certificate);
        }));
        builder.Logging.ClearProviders();
        var stub = new ModelStub(builder.Build());
        stub.app.Run(async context =>
        {
            var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
            stub.Requests.Enqueue(new StubRequest(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body));
            await stub.Answer(context);
        });
        await stub.app.StartAsync();
        return stub;
    }

    /// <summary>Answers with that status, body and headers from now on.</summary>
    public void Answers(int status, string body, params (string Name, string Value)[] headers) => Answer = context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return context.Response.WriteAsync(body);
    };

    /// <summary>Answers as the model with these intents from now on.</summary>
    public void AnswersIntents(params (string Label, double Probability)[] intents) => Answers(200, Recorded.Success(new JsonObject
    {
        ["intents"] = new JsonArray([.. intents.Select(intent => new JsonObject { ["label"] = intent.Label, ["probability"] = intent.Probability })]),
    }.ToJsonString()));

    /// <summary>Nobody listens any more.</summary>
    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var signed = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1000));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }
}
