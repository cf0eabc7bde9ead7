using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using AutoFlow.EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

/// <summary>Strict hosts for tests of one fault at a time.</summary>
internal static class Faults
{
    /// <summary>Only what needs no chance.</summary>
    public static StrictOptions None { get; } = new() { MessagesAgain = 0, ActivitiesTwice = 0, EventsTwice = 0, ReadsLate = 0 };

    /// <summary>An engine.</summary>
    public static DurableHost Engine(StrictOptions strict) =>
        new() { Options = new() { MaxConcurrentActivities = 1, MaxConcurrentOrchestrations = 1, Strict = strict } };

    /// <summary>A whole host.</summary>
    public static TestHostSetup Host(StrictOptions strict, object probe, TimeProvider? time = null) => new()
    {
        Time = time,
        Configure = builder =>
        {
            builder.Services.AddSingleton(probe.GetType(), probe);
            builder.Services.Configure<AutoFlow.EmbeddedHost.Hosting.EmbeddedHostOptions>(options => options.Strict = strict);
        },
    };
}
