using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoFlow.Protocols.Tests.Fakes;
using AutoFlow.Tests;
using AutoFlow.Workflows.Jq;
using Microsoft.AspNetCore.Http;

namespace AutoFlow.Protocols.Tests.Http;

public sealed class HttpFailureTests
{
    [Theory]
    [InlineData(404, "Not Found")]
    [InlineData(401, "Unauthorized")]
    [InlineData(503, "Service Unavailable")]
    [InlineData(302, "Found")]
    public async Task A_status_outside_200_to_299_is_a_communication_error_without_path_or_body(int status, string title)
    {
        await using var service = await StubService.AnsweringAsync("the body", "text/plain", status);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", $$$"""{"method":"GET","endpoint":{"uri":"{{{service.Address}}}/orders/of-a-customer"}}""");
        Assert.EndsWith("/communication", error.Type, StringComparison.Ordinal);
        Assert.Equal((status, title), (error.Status, error.Title));
        Assert.Equal($"the service at {service.Address} answered {status} to GET", error.Detail);
    }

    [Theory]
    [InlineData(302, true)]
    [InlineData(304, true)]
    [InlineData(400, false)]
    public async Task With_redirect_statuses_below_400_are_answers_and_are_not_followed(int status, bool succeeds)
    {
        await using var service = await StubService.StartAsync((http, _) =>
        {
            http.Response.Headers.Location = "/elsewhere";
            return http.Response.SendAsync("", null, status);
        });
        using var caller = new Caller();
        var outcome = await caller.CallAsync("http", $$$"""{"method":"GET","endpoint":{"uri":"{{{service.Address}}}"},"redirect":true,"output":"response"}""");
        Assert.Equal(succeeds, outcome.Error is null);
        if (succeeds) Assert.Equal((status, "/elsewhere"), (outcome.Output!["statusCode"].AsNumber(), outcome.Output["headers"]["Location"].AsString()));
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task The_wait_that_a_service_asks_for_is_in_the_detail()
    {
        await using var service = await StubService.StartAsync((http, _) =>
        {
            http.Response.Headers.RetryAfter = "120";
            return http.Response.SendAsync("", null, 429);
        });
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", Get(service.Address));
        Assert.Equal(429, error.Status);
        Assert.Contains("it asks to wait (120 seconds)", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_503()
    {
        var port = FreePort.Take();
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", Get($"http://127.0.0.1:{port}/secret-path"));
        Assert.Equal(("Service Unavailable", 503, $"the service at http://127.0.0.1:{port} could not be reached"), (error.Title, error.Status, error.Detail));
    }

    [Fact]
    public async Task A_host_that_has_no_address_is_503()
    {
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", Get("http://no-such-host.invalid/"));
        Assert.Equal(503, error.Status);
        Assert.Contains("no-such-host.invalid", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_is_504()
    {
        await using var service = await StubService.StartAsync(static (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var caller = new Caller(TimeProvider.System, ("Timeout", "00:00:00.050"));
        var error = await caller.ErrorAsync("http", Get(service.Address));
        Assert.Equal(("Gateway Timeout", 504), (error.Title, error.Status));
        Assert.Equal("the service did not answer within 0.05 seconds", error.Detail);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_504()
    {
        await using var service = await StubService.StartAsync(static async (http, _) =>
        {
            await http.Response.WriteAsync("[1,", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var caller = new Caller(TimeProvider.System, ("Timeout", "00:00:00.200"));
        Assert.Equal(504, (await caller.ErrorAsync("http", Get(service.Address))).Status);
    }

    [Fact]
    public async Task A_call_that_is_given_up_throws_and_is_no_error_of_the_service()
    {
        var asked = new TaskCompletionSource();
        await using var service = await StubService.StartAsync((http, _) =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var caller = new Caller();
        using var given = new CancellationTokenSource();
        var call = caller.CallAsync("http", JqValue.Parse(Get(service.Address)), cancellation: given.Token);
        await asked.Task;
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_502()
    {
        await using var service = await RawService("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\":");
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", Get(service.Address));
        Assert.Equal(502, error.Status);
        Assert.Contains("was cut off", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_http_is_an_error()
    {
        await using var service = await RawService("hello, this is another protocol\r\n\r\n");
        using var caller = new Caller();
        Assert.Equal(502, (await caller.ErrorAsync("http", Get(service.Address))).Status);
    }

    [Fact]
    public async Task An_answer_that_is_compressed_wrongly_is_502()
    {
        await using var service = await StubService.StartAsync(static (http, _) =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.SendAsync("this is no gzip at all");
        });
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", Get(service.Address));
        Assert.Equal((502, $"the answer of {service.Address} is compressed wrongly"), (error.Status, error.Detail));
    }

    [Fact]
    public async Task Json_that_cannot_be_read_is_502_and_is_not_shown()
    {
        await using var service = await StubService.AnsweringAsync("{\"customer\": Erika");
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", Get(service.Address));
        Assert.Equal(502, error.Status);
        Assert.DoesNotContain("Erika", error.ToJson().ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task An_answer_is_read_up_to_the_limit(int length, bool succeeds)
    {
        await using var service = await StubService.AnsweringAsync(new string('x', length), "text/plain");
        using var caller = new Caller(("LargestAnswer", "1000"));
        var outcome = await caller.CallAsync("http", Get(service.Address));
        Assert.Equal(succeeds, outcome.Output is not null);
        if (!succeeds) Assert.Equal((502, "the answer is longer than 1000 bytes"), (outcome.Error!.Status, outcome.Error.Detail));
    }

    [Fact]
    public async Task The_limit_counts_what_a_compressed_answer_becomes()
    {
        await using var service = await StubService.StartAsync(static async (http, _) =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(new byte[5_000_000]);
        });
        using var caller = new Caller();
        Assert.Equal("the answer is longer than 1048576 bytes", (await caller.ErrorAsync("http", Get(service.Address))).Detail);
    }

    private static string Get(string address) => $$$"""{"method":"GET","endpoint":{"uri":"{{{address}}}"}}""";

    private static Task<RawAnswer> RawService(string answer) => Task.FromResult(new RawAnswer(answer));

    /// <summary>Writes bytes that no HTTP server would, and closes.</summary>
    private sealed class RawAnswer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _served;

        public RawAnswer(string answer)
        {
            _listener.Start();
            _served = ServeAsync(answer);
        }

        public string Address => $"http://{_listener.LocalEndpoint}";

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _served;
        }

        private async Task ServeAsync(string answer)
        {
            using var connection = await _listener.AcceptTcpClientAsync();
            var stream = connection.GetStream();
            _ = await stream.ReadAsync(new byte[4096]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        }
    }
}
