using AutoFlow.EmbeddedHost.Hosting;
using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.EmbeddedHost.Tests.Hosting;
using AutoFlow.EmbeddedHost.Tests.Triggers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class StrictSettingTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("false", null)]
    [InlineData("False", null)]
    [InlineData("true", 1)]
    [InlineData("TRUE", 1)]
    [InlineData("0", 0)]
    [InlineData("42", 42)]
    [InlineData("-7", -7)]
    public void The_setting_is_true_false_or_a_seed(string? text, int? seed) => Assert.Equal(seed, StrictOptions.Parse(text)?.Seed);

    [Theory]
    [InlineData("yes")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public async Task Anything_else_is_refused_at_start_in_one_line(string text)
    {
        var reasons = await TestHost.RefusalAsync(new TestHostSetup { Args = ["--AUTOFLOW_STRICT", text] }, typeof(TimerStatusTests.Hourly));

        Assert.Equal($"AUTOFLOW_STRICT is '{text}': give true, false, or a whole number as the seed of its faults.", Assert.Single(reasons));
    }

    [Fact]
    public async Task The_setting_switches_it_on_and_the_start_tells_so()
    {
        var setup = new TestHostSetup { Args = ["--AUTOFLOW_STRICT", "42"], Configure = builder => builder.Services.AddSingleton(new Probe()) };
        await using var host = await TestHost.StartAsync(setup, typeof(TimerStatusTests.Hourly));

        Assert.Equal(42, host.Services.GetRequiredService<IOptions<EmbeddedHostOptions>>().Value.Strict?.Seed);
        Assert.IsType<StrictInvoker>(host.Services.GetRequiredService<FunctionInvoker>());
        Assert.Contains("AUTOFLOW_STRICT: the faults of Azure Functions on Azure Storage, by the seed 42.", host.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_it_the_host_is_as_kind_as_ever_and_wraps_nothing()
    {
        var setup = new TestHostSetup { Configure = builder => builder.Services.AddSingleton(new Probe()) };
        await using var host = await TestHost.StartAsync(setup, typeof(TimerStatusTests.Hourly));

        Assert.Equal(typeof(FunctionInvoker), host.Services.GetRequiredService<FunctionInvoker>().GetType());
        var engine = host.Services.GetRequiredService<AutoFlow.EmbeddedHost.Durable.DurableEngine>();
        Assert.IsNotType<StrictStore>(engine.Store);
        Assert.IsNotType<StrictClient>(engine.Client);
        Assert.DoesNotContain("AUTOFLOW_STRICT", host.Output.ToString(), StringComparison.Ordinal);
    }
}
