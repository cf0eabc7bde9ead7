using AutoFlow.Connectors.Shop;
using AutoFlow.SampleShop;
using AutoFlow.Support.Health;
using AutoFlow.Support.Orders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AutoFlow.Connectors.Tests.Shop;

public sealed class ShopFailureTests
{
    [Theory]
    [InlineData(Fault.ServerError, "shop-unavailable")]
    [InlineData(Fault.MalformedJson, "shop-bad-answer")]
    [InlineData(Fault.TooManyRequests, "shop-rate-limited")]
    [InlineData(Fault.Timeout, "shop-unavailable")]
    public async Task A_fault_is_a_transient_failure_and_the_next_call_goes_through(Fault fault, string code)
    {
        await using var running = await RunningShop.StartAsync(timeout: fault == Fault.Timeout ? TimeSpan.FromMilliseconds(200) : null);
        running.Server.Faults.Plan("1001", fault);
        var failed = await running.Shop.FindByNumberAsync("1001", default);
        Assert.Equal((code, true), (failed.Failure!.Code, failed.Failure.IsTransient));

        running.Server.Faults.Clear();
        await using var patient = RunningShop.Services(running.Server.BaseAddress.ToString(), "-", running.Server.ShopAccessToken, TimeSpan.FromSeconds(30));
        Assert.NotNull((await patient.GetRequiredService<IShop>().FindByNumberAsync("1001", default)).Value!.Item);
    }

    [Fact]
    public async Task A_wrong_token_is_a_failure_that_waiting_does_not_mend()
    {
        await using var running = await RunningShop.StartAsync(token: "wrong");
        var failed = await running.Shop.FindByNumberAsync("1001", default);
        Assert.Equal(("shop-unauthorized", false), (failed.Failure!.Code, failed.Failure.IsTransient));
    }

    [Fact]
    public async Task A_shop_that_is_down_is_a_transient_failure()
    {
        var running = await RunningShop.StartAsync();
        var address = running.Server.BaseAddress.ToString();
        await running.DisposeAsync();
        await using var services = RunningShop.Services(address, "-", "token", TimeSpan.FromSeconds(30));
        var failed = await services.GetRequiredService<IShop>().FindByCustomerAsync("a.hoffmeister@example.de", 5, default);
        Assert.Equal(("shop-unavailable", true), (failed.Failure!.Code, failed.Failure.IsTransient));
        Assert.DoesNotContain("hoffmeister", failed.Failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Health_learns_from_every_call_how_the_shop_is()
    {
        await using var running = await RunningShop.StartAsync();
        var health = running.Health;
        await running.Shop.FindByNumberAsync("1001", default);
        Assert.NotNull(health.Of(OutsideServices.Shop).SucceededAt);

        running.Server.Faults.Plan("1001", Fault.ServerError);
        await running.Shop.FindByNumberAsync("1001", default);
        Assert.Equal((1, "it answered 500"), (health.Of(OutsideServices.Shop).FailuresInARow, health.Of(OutsideServices.Shop).Reason));

        running.Server.Faults.Clear();
        await running.Shop.FindByNumberAsync("4711", default);
        Assert.Equal(0, health.Of(OutsideServices.Shop).FailuresInARow);
        Assert.Equal(CallOutcomes.None, health.Of(OutsideServices.Carriers));
    }

    [Fact]
    public async Task Health_learns_that_the_shop_is_down_and_nothing_of_what_was_asked()
    {
        var running = await RunningShop.StartAsync();
        var address = running.Server.BaseAddress.ToString();
        await running.DisposeAsync();
        await using var services = RunningShop.Services(address, "-", "token", TimeSpan.FromSeconds(30));

        await services.GetRequiredService<IShop>().FindByCustomerAsync("a.hoffmeister@example.de", 5, default);

        Assert.Equal("it could not be reached (ConnectionError)", services.GetRequiredService<DependencyHealth>().Of(OutsideServices.Shop).Reason);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_no_failure_of_the_shop()
    {
        await using var running = await RunningShop.StartAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Shop.FindByNumberAsync("1001", new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("", "token", "Shop:BaseUrl")]
    [InlineData("ftp://shop.example", "token", "Shop:BaseUrl")]
    [InlineData("https://shop.example", "", "Shop:AccessToken")]
    [InlineData("https://shop.example", "to\nken", "Shop:AccessToken")]
    public void A_wrong_configuration_is_refused_with_the_settings_name(string address, string token, string named)
    {
        using var services = RunningShop.Services(address, "key", token, TimeSpan.FromSeconds(1));
        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ShopOptions>>().Value);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }
}
