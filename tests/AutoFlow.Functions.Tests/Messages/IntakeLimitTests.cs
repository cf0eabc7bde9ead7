using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions.Tests.Messages;

public sealed class IntakeLimitTests
{
    private const int Most = 3;

    private readonly FakeTime _time = new();
    private readonly FakeInbox _inbox;
    private readonly Lines _logger = new();
    private readonly IntakeLimit _limit;

    public IntakeLimitTests()
    {
        _inbox = new FakeInbox(new Gate(), _time);
        _limit = new IntakeLimit(_inbox, Options.Create(new IntakeSettings { MostWaiting = Most }), _time, _logger);
    }

    [Fact]
    public async Task As_many_as_may_wait_are_taken_and_no_more()
    {
        var taken = new List<bool>();
        for (var i = 0; i < Most + 2; i++) taken.Add(await TakeAsync($"<{i}@x>"));

        Assert.Equal([true, true, true, false, false], taken);
    }

    [Fact]
    public async Task There_is_room_again_once_something_was_taken_up()
    {
        for (var i = 0; i < Most; i++) await TakeAsync($"<{i}@x>");
        await _inbox.RoutedAsync(InboxId.Of("mail", "<0@x>"), "w~1", "w", "test", asEvent: false, default);

        Assert.False(await TakeAsync("<later@x>"));
        _time.Now += TimeSpan.FromSeconds(1);
        Assert.True(await TakeAsync("<later@x>"));
        Assert.False(await TakeAsync("<last@x>"));
    }

    [Fact]
    public async Task Asking_whether_it_is_full_takes_no_place()
    {
        for (var i = 0; i < Most * 2; i++) Assert.False(await _limit.IsFullAsync(default));
        for (var i = 0; i < Most; i++) Assert.True(await TakeAsync($"<{i}@x>"));

        Assert.True(await _limit.IsFullAsync(default));
    }

    [Fact]
    public async Task It_is_said_once_that_it_closes_and_once_that_it_opens()
    {
        for (var i = 0; i < Most + 3; i++) await TakeAsync($"<{i}@x>");
        Assert.Equal(["No message is taken in for now: 3 wait to be taken up (Messages:MostWaiting)"], _logger.Written);

        await _inbox.RoutedAsync(InboxId.Of("mail", "<0@x>"), "w~1", "w", "test", asEvent: false, default);
        _time.Now += TimeSpan.FromSeconds(1);
        await TakeAsync("<later@x>");

        Assert.Equal("Messages are taken in again: fewer than 3 wait", _logger.Written[1..].Single());
    }

    [Fact]
    public async Task What_stood_before_the_start_counts()
    {
        for (var i = 0; i < Most; i++) await _inbox.AddAsync(Mail($"<{i}@x>"), default);

        Assert.False(await _limit.TakeAsync(default));
    }

    private async Task<bool> TakeAsync(string id)
    {
        if (!await _limit.TakeAsync(default)) return false;
        await _inbox.AddAsync(Mail(id), default);
        return true;
    }

    private sealed class Lines : ILogger<IntakeLimit>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }

    private static InboundMessage Mail(string id) => new() { Id = id, Channel = "mail", From = Sample.Customer, ReceivedAt = Sample.Start };
}
