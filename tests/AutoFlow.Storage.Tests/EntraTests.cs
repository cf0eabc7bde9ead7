using AutoFlow.Storage.Postgres;
using AutoFlow.Support.Messages;
using AutoFlow.Tests;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Storage.Tests;

/// <summary>Without a password a token of Entra ID is one.</summary>
public sealed class EntraTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestClock _clock = new();
    private readonly Credential _credential = new();

    [Theory, OnPostgres]
    public async Task A_connection_is_opened_with_a_token_for_the_databases_scope(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        _credential.Tokens.Enqueue(new AccessToken(PostgresServer.Password, TestClock.Start.AddHours(1)));
        await using var app = Compose(data.Postgres! with { Password = null });

        Assert.Equal(0, await app.GetRequiredService<IInbox>().CountAsync(None));
        Assert.Null(app.GetRequiredService<Support.Definitions.IDefinitionStore>().Find("unknown"));
        Assert.Equal(["https://ossrdbms-aad.database.windows.net/.default"], _credential.Scopes);
    }

    [Theory, OnPostgres]
    public async Task A_token_that_the_server_does_not_take_is_told_in_one_line(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        _credential.Tokens.Enqueue(new AccessToken("another", TestClock.Start.AddHours(1)));
        await using var app = Compose(data.Postgres! with { Password = null });

        var refused = await Assert.ThrowsAsync<SupportDatabaseException>(() => app.GetRequiredService<SupportDatabase>().PrepareAsync(None));

        Assert.Matches(@"^Postgres: space\d+@127\.0\.0\.1:\d+/postgres refused: .+ \(28P01\)\. Is Postgres:User .+$", refused.Message);
        Assert.DoesNotContain("another", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory, OnPostgres]
    public async Task No_token_is_told_in_one_line(On on)
    {
        await using var data = await SupportData.EmptyAsync(on);
        _credential.Failure = new CredentialUnavailableException("no identity\nhere");
        await using var app = Compose(data.Postgres! with { Password = null });

        var refused = await Assert.ThrowsAsync<SupportDatabaseException>(() => app.GetRequiredService<SupportDatabase>().PrepareAsync(None));

        Assert.Matches("^Postgres: no token of Entra ID for .+AZURE_CLIENT_ID.+$", refused.Message);
    }

    [Fact]
    public async Task A_token_is_kept_until_another_can_be_had()
    {
        var password = new EntraPassword(_credential, "scope", _clock);
        _credential.Tokens.Enqueue(new AccessToken("one", TestClock.Start.AddHours(24), TestClock.Start.AddHours(12)));
        _credential.Tokens.Enqueue(new AccessToken("two", TestClock.Start.AddHours(36)));

        Assert.Equal(("one", "one"), (await password.NowAsync(None), password.Now()));
        _clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.Equal("one", await password.NowAsync(None));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("two", await password.NowAsync(None));
        Assert.Equal(2, _credential.Scopes.Count);
    }

    /// <summary>The service hands one token out to everybody, until shortly before it ends.</summary>
    [Fact]
    public async Task A_token_that_ends_soon_is_never_kept_beyond_its_end()
    {
        var password = new EntraPassword(_credential, "scope", _clock);
        _credential.Tokens.Enqueue(new AccessToken("old", TestClock.Start.AddMinutes(6)));
        _credential.Tokens.Enqueue(new AccessToken("new", TestClock.Start.AddHours(24)));

        Assert.Equal("old", await password.NowAsync(None));
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("new", await password.NowAsync(None));
    }

    [Fact]
    public async Task While_the_service_fails_a_token_serves_that_is_still_good()
    {
        var password = new EntraPassword(_credential, "scope", _clock);
        _credential.Tokens.Enqueue(new AccessToken("one", TestClock.Start.AddHours(2), TestClock.Start.AddHours(1)));
        await password.NowAsync(None);
        _credential.Failure = new AuthenticationFailedException("no answer");

        _clock.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal("one", await password.NowAsync(None));
        _clock.Advance(TimeSpan.FromMinutes(28));
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => password.NowAsync(None).AsTask());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_service_that_fails_or_does_not_answer_is_not_asked_again_for_a_minute(bool isSlow)
    {
        var clock = new HurriedClock();
        var password = new EntraPassword(_credential, "scope", clock);
        _credential.Tokens.Enqueue(new AccessToken("one", TestClock.Start.AddHours(2), TestClock.Start.AddHours(1)));
        await password.NowAsync(None);
        (_credential.IsSlow, _credential.Failure) = (isSlow, new AuthenticationFailedException("no answer"));

        clock.Now += TimeSpan.FromMinutes(90);
        Assert.Equal(("one", "one"), (await password.NowAsync(None), password.Now()));
        Assert.Equal(2, _credential.Scopes.Count);
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(("one", "one"), (password.Now(), await password.NowAsync(None)));
        Assert.Equal(3, _credential.Scopes.Count);
    }

    private ServiceProvider Compose(PostgresOptions options) => new ServiceCollection()
        .AddSingleton<TimeProvider>(_clock)
        .AddKeyedSingleton<TokenCredential>(PostgresServices.CredentialKey, _credential)
        .AddSupportStorage(storage => storage.Postgres = options)
        .BuildServiceProvider();

    /// <summary>Gives the tokens that it is told, or fails.</summary>
    private sealed class Credential : TokenCredential
    {
        public Queue<AccessToken> Tokens { get; } = [];
        public List<string> Scopes { get; } = [];
        public Exception? Failure { get; set; }

        /// <summary>Answers never.</summary>
        public bool IsSlow { get; set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            if (IsSlow) cancellationToken.WaitHandle.WaitOne();
            cancellationToken.ThrowIfCancellationRequested();
            return Failure is null ? Tokens.Dequeue() : throw Failure;
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Whatever is waited for is over at once.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = TestClock.Start;

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
