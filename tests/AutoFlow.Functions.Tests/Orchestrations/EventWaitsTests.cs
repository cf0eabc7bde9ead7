using System.Text.Json;
using AutoFlow.Functions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>Waits that are given up, on a host that gives events to cancelled waits.</summary>
public sealed class EventWaitsTests
{
    private readonly SwallowingHost _host = new();
    private readonly EventWaits _waits;

    public EventWaitsTests() => _waits = new EventWaits(_host);

    [Fact]
    public async Task An_event_after_a_wait_that_was_given_up_goes_to_the_next_one_that_waits()
    {
        using var over = new CancellationTokenSource();
        var givenUp = _waits.NextAsync("a", over.Token);
        over.Cancel();
        var waiting = _waits.NextAsync("a", default);

        _host.Raise("a", 1);

        Assert.True(givenUp.IsCanceled);
        Assert.Equal(1, (await waiting).GetInt32());
    }

    [Fact]
    public async Task An_event_that_came_while_nobody_waited_is_kept()
    {
        using var over = new CancellationTokenSource();
        _ = _waits.NextAsync("a", over.Token);
        over.Cancel();

        _host.Raise("a", 1);
        _host.Raise("a", 2);

        Assert.Equal(1, (await _waits.NextAsync("a", default)).GetInt32());
        Assert.Equal(2, (await _waits.NextAsync("a", default)).GetInt32());
    }

    [Fact]
    public async Task Those_who_wait_for_one_name_get_its_events_in_the_order_in_which_they_asked()
    {
        using var over = new CancellationTokenSource();
        var waiting = new[] { _waits.NextAsync("a", default), _waits.NextAsync("a", over.Token), _waits.NextAsync("a", default), _waits.NextAsync("b", default) };
        Assert.Equal(2, _host.Waits);
        over.Cancel();

        foreach (var (name, value) in new[] { ("a", 1), ("b", 2), ("a", 3) }) _host.Raise(name, value);

        Assert.Equal((1, 3, 2), ((await waiting[0]).GetInt32(), (await waiting[2]).GetInt32(), (await waiting[3]).GetInt32()));
    }

    [Fact]
    public void What_nobody_took_can_be_carried_on()
    {
        using var over = new CancellationTokenSource();
        _ = _waits.NextAsync("a", over.Token);
        over.Cancel();
        _host.Raise("a", 1);

        Assert.Equal([1], _waits.TakeUnread().Select(one => one.GetInt32()));
        Assert.Empty(_waits.TakeUnread());
    }

    /// <summary>Events as Microsoft's worker gives them out: a wait that was cancelled keeps its place, and what it is given is lost.</summary>
    private sealed class SwallowingHost : TaskOrchestrationContext
    {
        private readonly Dictionary<string, Queue<TaskCompletionSource<object>>> _waits = [];
        private readonly List<(string Name, object Value)> _early = [];

        public int Waits => _waits.Values.Sum(one => one.Count);

        public override TaskName Name => new("test");

        public override string InstanceId => "test";

        public override ParentOrchestrationInstance? Parent => null;

        public override DateTime CurrentUtcDateTime => DateTime.UnixEpoch;

        public override bool IsReplaying => false;

        protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

        public void Raise(string name, int value)
        {
            var payload = JsonSerializer.SerializeToElement(value);
            if (_waits.TryGetValue(name, out var waits) && waits.TryDequeue(out var wait)) wait.TrySetResult(payload);
            else _early.Add((name, payload));
        }

        public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
        {
            if (_early.FindIndex(one => one.Name == eventName) is >= 0 and var at)
            {
                var value = _early[at].Value;
                _early.RemoveAt(at);
                return (T)value;
            }

            var wait = new TaskCompletionSource<object>();
            if (!_waits.TryGetValue(eventName, out var waits)) _waits.Add(eventName, waits = new Queue<TaskCompletionSource<object>>());
            waits.Enqueue(wait);
            using var cancelled = cancellationToken.Register(() => wait.TrySetCanceled(cancellationToken));
            return (T)await wait.Task;
        }

        public override T GetInput<T>() => throw new NotSupportedException();

        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

        public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

        public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

        public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

        public override Guid NewGuid() => throw new NotSupportedException();
    }
}
