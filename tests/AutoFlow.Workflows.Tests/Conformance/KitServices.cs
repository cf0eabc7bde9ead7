using System.Collections.Concurrent;
using System.Text;
using AutoFlow.Protocols;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>
/// The services that the conformance kit calls, served on the loopback address, and the calls to them done for real: every request to
/// <c>petstore.swagger.io</c> or <c>httpbin.org</c> goes to the stub instead, and every other host is unknown.
/// </summary>
public sealed class KitServices : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _requests = new();
    private WebApplication? _app;
    private ServiceProvider? _services;

    /// <summary>The requests that were served, as <c>GET petstore.swagger.io/v2/pet/1</c>.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use((http, next) =>
        {
            _requests.Enqueue($"{http.Request.Method} {http.Request.Host}{http.Request.Path}{http.Request.QueryString}");
            return next(http);
        });
        PetStore.Map(_app);
        _app.MapGet("/basic-auth/{user}/{password}", static (HttpRequest request, string user, string password) =>
            request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}"
                ? Results.Json(new { authenticated = true, user })
                : Results.StatusCode(StatusCodes.Status401Unauthorized));
        await _app.StartAsync();
        var address = new Uri(_app.Urls.Single());
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<ISecretSource, NoSecrets>()
            .AddProtocols(new ConfigurationBuilder().Build())
            .ConfigureAll<HttpClientFactoryOptions>(o => o.HttpMessageHandlerBuilderActions.Add(b => b.PrimaryHandler = new ToStub(address)))
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _app!.DisposeAsync();
    }

    /// <summary>Does a call for real.</summary>
    /// <exception cref="WorkflowErrorException">The call failed.</exception>
    public async Task<JqValue> CallAsync(ProtocolCall call, CancellationToken cancellation)
    {
        var outcome = await _services!.GetRequiredService<IProtocolCaller>().CallAsync(call, cancellation);
        return outcome.Error is { } error ? throw new WorkflowErrorException(error) : outcome.Output!;
    }

    private sealed class NoSecrets : ISecretSource
    {
        public ValueTask<JqValue?> FindAsync(string name, CancellationToken cancellation) => new((JqValue?)null);
    }

    /// <summary>Sends the requests for the kit's hosts to the stub, with the host they were meant for.</summary>
    private sealed class ToStub(Uri stub) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var meant = request.RequestUri!;
            if (meant.Host is not ("petstore.swagger.io" or "httpbin.org")) throw new HttpRequestException(HttpRequestError.NameResolutionError);
            request.Headers.Host = meant.Host;
            request.RequestUri = new Uri(stub, meant.PathAndQuery);
            var response = await base.SendAsync(request, cancellationToken);
            request.RequestUri = meant;
            return response;
        }
    }
}
