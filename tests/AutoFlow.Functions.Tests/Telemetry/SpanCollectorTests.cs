using AutoFlow.Demo;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Functions.Telemetry.Tree;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Functions.Tests.Telemetry;

/// <summary>The spans that <c>--trace</c> keeps: only where a demo asks, not without end, and not once they are told.</summary>
[Collection(Listening.Name)]
public sealed class SpanCollectorTests
{
    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, null, false)]
    [InlineData(true, "01-en", true)]
    public void Spans_are_kept_only_for_a_demo_that_was_asked_for_a_trace(bool demo, string? trace, bool kept)
    {
        var services = new ServiceCollection();
        if (demo) services.AddSingleton(new DemoOptions("data", "inbox", 0, false, trace));

        services.AddMessageTraces();
        using var collector = services.FirstOrDefault(service => service.ServiceType == typeof(IMessageTraces))?.ImplementationInstance as SpanCollector;

        Assert.Equal((kept, kept), (collector is not null, Spans.AreHeard));
    }

    [Fact]
    public void The_oldest_are_dropped_and_none_is_kept_once_they_are_told()
    {
        using var collector = new SpanCollector();
        for (var span = 0; span < 50_001; span++) Spans.Start($"{span}")!.Dispose();

        Assert.Equal((50_000, "1"), (collector.Ended.Count, collector.Ended.First().OperationName));
        collector.Tell("m-1");
        Assert.Empty(collector.Ended);
        Assert.False(Spans.AreHeard);
    }

    [Theory]
    [InlineData(true, "--trace")]
    [InlineData(true, "--speed", "1", "--trace=13-de-html-no-contact")]
    [InlineData(false, "--speed", "1")]
    public void The_command_line_tells_whether_a_trace_was_asked_for(bool asked, params string[] args) => Assert.Equal(asked, DemoOptions.AskForTrace(args));
}
