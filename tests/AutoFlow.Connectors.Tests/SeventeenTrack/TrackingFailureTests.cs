using AutoFlow.Connectors.SeventeenTrack;
using AutoFlow.Connectors.Tests.Shop;
using AutoFlow.SampleShop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AutoFlow.Connectors.Tests.SeventeenTrack;

public sealed class TrackingFailureTests
{
    private const string Number = "CH454284108DE";

    [Theory]
    [InlineData(Fault.ServerError, "carrier-unavailable")]
    [InlineData(Fault.MalformedJson, "carrier-bad-answer")]
    [InlineData(Fault.TooManyRequests, "carrier-rate-limited")]
    [InlineData(Fault.DailyLimit, "carrier-rate-limited")]
    [InlineData(Fault.Timeout, "carrier-unavailable")]
    public async Task A_fault_is_a_transient_failure(Fault fault, string code)
    {
        await using var running = await RunningShop.StartAsync(timeout: fault == Fault.Timeout ? TimeSpan.FromMilliseconds(200) : null);
        running.Server.Faults.Plan(Number, fault);
        var lookedUp = await running.Tracking.LookUpAsync(Number, null, default);
        var registered = await running.Tracking.RegisterAsync(Number, null, default);
        Assert.Equal((code, true), (lookedUp.Failure!.Code, lookedUp.Failure.IsTransient));
        Assert.Equal((code, true), (registered.Failure!.Code, registered.Failure.IsTransient));
    }

    [Fact]
    public async Task The_service_says_how_long_to_wait()
    {
        await using var running = await RunningShop.StartAsync();
        running.Server.Faults.Plan("*", Fault.TooManyRequests);
        Assert.Contains("2 seconds", (await running.Tracking.LookUpAsync(Number, null, default)).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_to_a_registration_is_mended_by_a_second_try()
    {
        await using var running = await RunningShop.StartAsync();
        running.Server.Faults.Plan(Number, Fault.ServerErrorAfterwards, times: 1);
        Assert.False((await running.Tracking.RegisterAsync(Number, null, default)).IsSuccess);
        Assert.True((await running.Tracking.RegisterAsync(Number, null, default)).IsSuccess);
    }

    [Fact]
    public async Task A_wrong_key_is_a_failure_that_waiting_does_not_mend()
    {
        await using var running = await RunningShop.StartAsync(trackingKey: "wrong");
        var failed = await running.Tracking.LookUpAsync(Number, null, default);
        Assert.Equal(("carrier-unauthorized", false), (failed.Failure!.Code, failed.Failure.IsTransient));
    }

    [Theory]
    [InlineData("nowhere", "key", "SeventeenTrack:BaseUrl")]
    [InlineData("https://track.example", "", "SeventeenTrack:ApiKey")]
    public void A_wrong_configuration_is_refused_with_the_settings_name(string address, string key, string named)
    {
        using var services = RunningShop.Services(address, key, "token", TimeSpan.FromSeconds(1));
        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<SeventeenTrackOptions>>().Value);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }
}
