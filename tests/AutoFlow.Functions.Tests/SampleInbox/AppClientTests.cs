using System.Net;
using AutoFlow.Demo;

namespace AutoFlow.Functions.Tests.SampleInbox;

public sealed class AppClientTests
{
    [Fact]
    public async Task A_fault_of_the_app_for_a_moment_does_not_end_the_demo()
    {
        using var app = new App(HttpStatusCode.InternalServerError, null, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Accepted);

        await app.Client.SendAsync("{}", default);

        Assert.Equal(4, app.Calls);
    }

    [Fact]
    public async Task A_refusal_ends_it_with_the_apps_own_words()
    {
        using var app = new App(HttpStatusCode.BadRequest);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Client.SendAsync("{}", default));

        Assert.Contains("400", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, app.Calls);
    }

    [Fact]
    public async Task A_fault_that_stays_ends_it()
    {
        using var app = new App([.. Enumerable.Repeat<HttpStatusCode?>(HttpStatusCode.InternalServerError, 1_000)]);

        await Assert.ThrowsAsync<HttpRequestException>(() => app.Client.StoriesAsync(default));

        Assert.InRange(app.Calls, 2, 999);
    }

    /// <summary>Answers as told, null is no connection; pauses take no time.</summary>
    private sealed class App : HttpMessageHandler
    {
        private readonly HttpStatusCode?[] _answers;
        private readonly HttpClient _http;

        public App(params HttpStatusCode?[] answers)
        {
            _answers = answers;
            _http = new HttpClient(this, disposeHandler: false) { BaseAddress = new Uri("http://localhost") };
            Client = new AppClient(_http, new NoWaiting());
        }

        public AppClient Client { get; }

        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _answers[Calls++] is { } status ? Task.FromResult(new HttpResponseMessage(status)) : throw new HttpRequestException("no connection");

        protected override void Dispose(bool disposing)
        {
            _http.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class NoWaiting : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
