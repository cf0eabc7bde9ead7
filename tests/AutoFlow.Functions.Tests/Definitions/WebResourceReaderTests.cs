using System.Net;
using AutoFlow.Functions.Definitions;
using AutoFlow.Protocols;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Catalog;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Functions.Tests.Definitions;

/// <summary>Reading what a definition names from the web: every way in which it fails is a sentence, in bounded time.</summary>
public sealed class WebResourceReaderTests
{
    private static readonly Uri Address = new("https://example.org/schema.json");

    [Fact]
    public async Task A_text_is_read() => Assert.Equal("{}", (await ReadAsync(new StringContent("{}"))).Text);

    [Fact]
    public async Task A_server_that_never_ends_its_answer_is_given_up() =>
        Assert.Equal("the server did not answer in time", (await ReadAsync(new StreamContent(new Endless()), TimeSpan.FromMilliseconds(50))).Problem);

    [Fact]
    public async Task An_answer_that_is_compressed_wrongly_is_told() =>
        Assert.Equal("the server's answer is compressed wrongly", (await ReadAsync(new StreamContent(new Broken()))).Problem);

    [Fact]
    public async Task The_reader_stops_with_the_one_who_asked()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(new StreamContent(new Endless()), cancellation: stopped.Token));
    }

    [Fact]
    public async Task Only_allowed_hosts_are_read()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Protocols:AllowedHosts:0", (string?)"api.example.com")]).Build();
        await using var services = new ServiceCollection().AddLogging().AddProtocols(settings)
            .AddGuardedHttpClient(WebResourceReader.Client, static _ => { }).Services.BuildServiceProvider();
        var reader = new WebResourceReader(() => services.GetRequiredService<IHttpClientFactory>().CreateClient(WebResourceReader.Client));

        var read = await reader.ReadAsync(new Uri("http://127.0.0.1:1/schema.json"), default);

        Assert.Equal("the host '127.0.0.1' may not be called; it is not among Protocols:AllowedHosts", read.Problem);
    }

    private static Task<ResourceText> ReadAsync(HttpContent content, TimeSpan? limit = null, CancellationToken cancellation = default) =>
        new WebResourceReader(() => new HttpClient(new Answering(content)), limit ?? TimeSpan.FromMinutes(4)).ReadAsync(Address, cancellation);

    private sealed class Answering(HttpContent content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
    }

    /// <summary>Headers came, the body never does.</summary>
    private sealed class Endless : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    private sealed class Broken : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new InvalidDataException("not gzip");
    }
}
