using AutoFlow.Functions.Health;
using AutoFlow.Support.Health;
using AutoFlow.Tests;

namespace AutoFlow.Functions.Tests.Health;

public sealed class ReadinessTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public async Task All_well_is_ok_and_what_is_off_does_not_matter()
    {
        using var readiness = Of(new Check("database"), new Check("mail", needed: false) { State = DependencyState.Off });

        Assert.Equal(DependencyState.Ok, (await readiness.LookAsync(default)).State);
    }

    [Fact]
    public async Task What_is_needed_and_down_makes_the_app_unready_and_other_trouble_only_degrades_it()
    {
        using var degraded = Of(new Check("database"), new Check("shop", needed: false) { State = DependencyState.Failed });
        using var failed = Of(new Check("database") { State = DependencyState.Failed }, new Check("shop", needed: false));

        Assert.Equal(DependencyState.Degraded, (await degraded.LookAsync(default)).State);
        Assert.Equal(DependencyState.Failed, (await failed.LookAsync(default)).State);
    }

    [Fact]
    public async Task An_exception_is_a_failure_told_by_its_type_alone()
    {
        using var readiness = Of(new Check("database") { Run = _ => throw new IOException("Server=db;Password=secret") });

        var report = Assert.Single((await readiness.LookAsync(default)).Dependencies);
        Assert.Equal((DependencyState.Failed, nameof(IOException)), (report.State, report.Reason));
    }

    [Fact]
    public async Task A_check_that_hangs_costs_its_time_limit_and_the_others_are_told()
    {
        var never = new TaskCompletionSource<DependencyReport>();
        var began = new TaskCompletionSource();
        using var readiness = Of(
            new Check("database"),
            new Check("storage")
            {
                Run = _ =>
                {
                    began.SetResult();
                    return never.Task;
                },
            });

        var look = readiness.LookAsync(default);
        await began.Task;
        // The other has answered: its time limit is gone.
        while (_time.PendingTimers > 1) await Task.Yield();
        Assert.False(look.IsCompleted);
        var until = _time.GetUtcNow() + TimeSpan.FromSeconds(3);
        while (_time.Step(until)) ;
        var report = await look;

        Assert.Equal([DependencyState.Ok, DependencyState.Failed], report.Dependencies.Select(one => one.State));
        Assert.Equal("no answer in 2 seconds", report.Dependencies[1].Reason);
    }

    [Fact]
    public async Task An_answer_is_kept_for_some_seconds()
    {
        var check = new Check("database");
        using var readiness = Of(check);

        await Task.WhenAll(readiness.LookAsync(default), readiness.LookAsync(default));
        Assert.Equal(1, check.Looks);
        _time.Set(_time.GetUtcNow() + TimeSpan.FromSeconds(6));
        await readiness.LookAsync(default);

        Assert.Equal(2, check.Looks);
    }

    [Fact]
    public async Task An_outside_service_is_told_by_its_last_calls_with_their_age()
    {
        var health = new DependencyHealth(_time);
        var check = new OutsideCheck("shop", isConfigured: true, health, _time);
        Assert.Equal((DependencyState.Ok, null), await LookAsync());

        health.Succeeded("shop");
        Pass(10);
        Assert.Equal((DependencyState.Ok, 10.0), await LookAsync());
        health.Failed("shop", "it answered 500");
        Pass(5);
        Assert.Equal((DependencyState.Degraded, 5.0), await LookAsync());
        health.Failed("shop", "it answered 500");
        health.Failed("shop", "it answered 503");
        var failed = await check.CheckAsync(default);
        Assert.Equal((DependencyState.Failed, "it answered 503, 3 times in a row"), (failed.State, failed.Reason));
        health.Succeeded("shop");
        Assert.Equal((DependencyState.Ok, 0.0), await LookAsync());
        Assert.Equal(DependencyState.Off, (await new OutsideCheck("mail", isConfigured: false, health, _time).CheckAsync(default)).State);

        async Task<(DependencyState, double?)> LookAsync() => await check.CheckAsync(default) is var report ? (report.State, report.Age) : default;
        void Pass(int seconds) => _time.Set(_time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
    }

    private Readiness Of(params IDependencyCheck[] checks) => new(checks, _time);

    private sealed class Check(string name, bool needed = true) : IDependencyCheck
    {
        private int _looks;

        public string Name => name;

        public bool Needed => needed;

        public DependencyState State { get; init; } = DependencyState.Ok;

        public Func<CancellationToken, Task<DependencyReport>>? Run { get; init; }

        public int Looks => _looks;

        public Task<DependencyReport> CheckAsync(CancellationToken ct)
        {
            Interlocked.Increment(ref _looks);
            return Run?.Invoke(ct) ?? Task.FromResult(new DependencyReport(name, State));
        }
    }
}
